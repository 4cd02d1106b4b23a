package dev.keyswitch.contract.token;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One line of a token's history: which model, from when to when, and why it ended.
///
/// @param generation the generation the assignment began with
/// @param endedBecause `REASSIGNED`, `UNASSIGNED`, `CANCELED` or `DELETED`; null while it lasts
public record Assignment(
        UUID modelId,
        String modelName,
        long generation,
        Instant assignedAt,
        @Nullable Instant endedAt,
        @Nullable String endedBecause) {}
