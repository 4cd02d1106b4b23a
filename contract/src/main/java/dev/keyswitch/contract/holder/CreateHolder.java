package dev.keyswitch.contract.holder;

import org.jspecify.annotations.Nullable;

/// Body of `POST /v1/holders`.
public record CreateHolder(@Nullable String name, @Nullable String rootFingerprint) {}
