package dev.keyswitch.contract.model;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A deployed AI workload that computes on ciphertexts.
///
/// @param encryptionProfile resolved
/// @param tokenCount tokens assigned to this model now
/// @param job what the latest change still has to do; null: nothing
public record Model(
        UUID id,
        String name,
        String description,
        ModelStatus status,
        EncryptionProfile encryptionProfile,
        long tokenCount,
        Instant createdAt,
        Instant updatedAt,
        @Nullable ModelJob job) {}
