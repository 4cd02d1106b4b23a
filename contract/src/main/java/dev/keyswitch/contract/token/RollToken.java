package dev.keyswitch.contract.token;

import org.jspecify.annotations.Nullable;

/// Body of `POST /v1/tokens/{id}/roll`.
///
/// @param graceSeconds how long the value before goes on working, 0 to 2,592,000 (30 days); default 0: not at all
public record RollToken(@Nullable Integer graceSeconds) {}
