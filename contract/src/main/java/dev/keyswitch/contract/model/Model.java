package dev.keyswitch.contract.model;

import java.time.Instant;
import java.util.UUID;

/// A deployed AI workload that computes on ciphertexts.
///
/// @param encryptionProfile resolved
/// @param tokenCount tokens assigned to this model now
public record Model(
        UUID id,
        String name,
        String description,
        ModelStatus status,
        EncryptionProfile encryptionProfile,
        long tokenCount,
        Instant createdAt,
        Instant updatedAt) {}
