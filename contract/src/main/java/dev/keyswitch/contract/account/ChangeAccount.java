package dev.keyswitch.contract.account;

import org.jspecify.annotations.Nullable;

/// Body of `PATCH /v1/account` (JSON merge patch): absent fields stay as they are.
///
/// @param tokenLifetimeDays 1 to 365; for tokens created from now on
public record ChangeAccount(
        @Nullable String name,
        @Nullable Integer tokenLifetimeDays) {}
