package dev.keyswitch.contract.token;

import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A user access token: lets one end user query one model.
///
/// @param generation rises with every request for an evaluation key and every end of an assignment
/// @param activeGeneration the generation whose evaluation key is in force
/// @param evaluationKey the evaluation key of the present assignment, whatever its state
/// @param pendingReassignment a move that waits for its evaluation key, also while that key has FAILED
/// @param valueHint the last four characters of the value
/// @param value the value itself; only in the answer that creates or rolls the token
public record Token(
        UUID id,
        String name,
        String note,
        TokenStatus status,
        Custody custody,
        UUID holderId,
        Instant createdAt,
        Instant expiresAt,
        @Nullable UUID modelId,
        @Nullable String modelName,
        long generation,
        @Nullable Long activeGeneration,
        @Nullable EvaluationKey evaluationKey,
        @Nullable PendingReassignment pendingReassignment,
        String valueHint,
        @Nullable Instant lastUsedAt,
        @Nullable String value) {

    /// This token with its value.
    public Token withValue(@Nullable String shown) {
        return new Token(
                id,
                name,
                note,
                status,
                custody,
                holderId,
                createdAt,
                expiresAt,
                modelId,
                modelName,
                generation,
                activeGeneration,
                evaluationKey,
                pendingReassignment,
                valueHint,
                lastUsedAt,
                shown);
    }

    /// Never shows the value.
    @Override
    public String toString() {
        return "Token[" + id + " " + name + " " + status + " model=" + modelId + " generation=" + generation + "]";
    }
}
