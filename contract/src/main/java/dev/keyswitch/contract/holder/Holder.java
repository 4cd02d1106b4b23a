package dev.keyswitch.contract.holder;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The side that owns the data and the secret keys.
///
/// @param rootFingerprint fingerprint of its root key; null until it is set, and no key can be made before
/// @param isDefault tokens belong to this holder unless another is named
/// @param rotation null unless evaluation keys of a former root key are still to be replaced
public record Holder(
        UUID id,
        String name,
        @Nullable String rootFingerprint,
        boolean isDefault,
        Instant createdAt,
        @Nullable RootKeyRotation rotation) {}
