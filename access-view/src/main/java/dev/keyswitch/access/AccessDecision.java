package dev.keyswitch.access;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The answer to one question.
///
/// @param reason the first thing in the way; null if nothing is
/// @param tokenId null if the value is not known
/// @param evaluationKeyId the evaluation key in force, if the query is allowed
public record AccessDecision(
        boolean allowed, @Nullable Reason reason, @Nullable UUID tokenId, @Nullable UUID evaluationKeyId) {

    /// In the order in which they are looked for.
    public enum Reason {
        /// This view does not know how things stand now: it has yet to catch up, or nobody has told it anything for too long.
        NOT_CURRENT,
        /// No token has this value, or none that was ever assigned.
        UNKNOWN,
        /// Deleted, or its value was replaced.
        TOKEN_ENDED,
        TOKEN_SUSPENDED,
        TOKEN_CANCELED,
        TOKEN_EXPIRED,
        TOKEN_UNASSIGNED,
        OTHER_MODEL,
        MODEL_INACTIVE,
        EVALUATION_KEY_NOT_READY,
        OTHER_EVALUATION_KEY
    }

    static AccessDecision no(Reason reason, @Nullable UUID tokenId) {
        return new AccessDecision(false, reason, tokenId, null);
    }
}
