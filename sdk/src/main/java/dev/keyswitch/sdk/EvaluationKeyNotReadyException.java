package dev.keyswitch.sdk;

import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Waiting for an evaluation key ended without one that is READY.
public final class EvaluationKeyNotReadyException extends KeyswitchException {
    /// Why the waiting ended.
    public enum Reason {
        /// Generation was given up; the key's `failure` says why.
        FAILED,
        /// A newer generation took its place, or the assignment ended.
        REPLACED,
        /// The token has no assignment, so nothing is being made.
        NOT_ASSIGNED,
        /// The time the caller allowed is over. The key may still become READY.
        TIMED_OUT
    }

    private final Reason reason;
    private final transient @Nullable EvaluationKey evaluationKey;

    EvaluationKeyNotReadyException(
            Reason reason, String message, String requestId, @Nullable EvaluationKey evaluationKey) {
        super(message, requestId, null);
        this.reason = reason;
        this.evaluationKey = evaluationKey;
    }

    public Reason reason() {
        return reason;
    }

    /// The key as it was seen last.
    public Optional<EvaluationKey> evaluationKey() {
        return Optional.ofNullable(evaluationKey);
    }
}
