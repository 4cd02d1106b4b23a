package dev.keyswitch.contract.holder;

import org.jspecify.annotations.Nullable;

/// Body of `PATCH /v1/holders/{id}`; absent fields stay as they are.
public record ChangeHolder(@Nullable String name, @Nullable String rootFingerprint) {}
