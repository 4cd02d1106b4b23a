package dev.keyswitch.contract.holder;

import org.jspecify.annotations.Nullable;

/// Body of `POST /v1/holders/{id}/rotate-root-key`.
///
/// @param rootFingerprint fingerprint of the new root key, 64 lower-case hexadecimal digits
public record RotateRootKey(@Nullable String rootFingerprint) {}
