package dev.keyswitch.contract.event;

import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Data of the evaluation key events but `requested`: reference, size and digest, never bytes (claim check).
public record EvaluationKeyChanged(
        UUID accountId,
        UUID evaluationKeyId,
        UUID tokenId,
        UUID modelId,
        UUID holderId,
        long generation,
        int attempt,
        EvaluationKeyState state,
        @Nullable Long sizeBytes,
        @Nullable String sha256,
        @Nullable String failure) {}
