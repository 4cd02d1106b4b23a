package dev.keyswitch.contract.token;

import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import java.time.Instant;
import java.util.UUID;

/// A move to another model that waits for its evaluation key (mode `WHEN_READY`).
public record PendingReassignment(UUID modelId, long generation, EvaluationKey evaluationKey, Instant since) {}
