package dev.keyswitch.contract.evaluationkey;

import java.util.UUID;

/// A resumable upload.
///
/// @param offset bytes that are safely stored
public record Upload(UUID id, UUID evaluationKeyId, int attempt, long sizeBytes, long offset) {}
