package dev.keyswitch.contract.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a change of a model still has to do with its tokens, one after the other.
///
/// @param total tokens it was about when it began
/// @param done tokens it is through with
/// @param failure why the latest attempt did not get on; it is tried again
public record ModelJob(Kind kind, long total, long done, Instant requestedAt, @Nullable String failure) {

    public enum Kind {
        /// The encryption profile has changed: every token gets a new evaluation key.
        RENEW_KEYS,
        /// The model is to be deleted: every token is unassigned, and then the model goes.
        UNASSIGN_TOKENS,
        /// The model is deactivated or deleted: moves to it that wait for their key are canceled.
        CANCEL_MOVES
    }
}
