package dev.keyswitch.api.reference;

import dev.keyswitch.contract.bulk.TokenOperation;
import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.contract.token.TokenStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that somebody does. Tokens and models are named by places, not ids, so a sequence from which steps were taken out still
/// means something. A step about an empty place is left out; so is one that would fill a place that is taken.
sealed interface Step {

    sealed interface OfModel extends Step {
        int model();
    }

    sealed interface OfToken extends Step {
        int token();
    }

    sealed interface OfKey extends OfToken {
        /// Which of the token's keys: 0 the newest one, 1 the one before.
        int key();
    }

    /// What a worker does in the name of an attempt.
    sealed interface OfAttempt extends OfKey {
        /// How many attempts behind the latest one.
        int late();
    }

    record Register(int model, boolean other) implements OfModel {}

    /// Activates or deactivates.
    record Turn(int model, boolean active) implements OfModel {}

    /// Another encryption profile.
    record Compute(int model, boolean other) implements OfModel {}

    record Remove(int model, boolean unassignTokens) implements OfModel {}

    /// @param model null: unassigned
    record Create(int token, @Nullable Integer model, Custody custody) implements OfToken {}

    record Assign(int token, int model, boolean reassign, AssignmentMode mode) implements OfToken {}

    /// @param expected null: whatever it has
    record Unassign(int token, @Nullable Integer expected) implements OfToken {}

    /// Null: as it is.
    record Change(int token, @Nullable TokenStatus status, @Nullable Custody custody, @Nullable Integer holder, @Nullable Integer model)
            implements OfToken {}

    /// A new name, if nothing has changed since the token was created.
    record RenameUnchanged(int token) implements OfToken {}

    /// Its time runs out, and it is said to have.
    record Expire(int token) implements OfToken {}

    record Renew(int token) implements OfToken {}

    record Roll(int token, boolean grace) implements OfToken {}

    record Delete(int token) implements OfToken {}

    /// @param stale with a generation that is not the key's
    /// @param stranger with a root key that is not the holder's present one
    record Claim(int token, int key, int worker, boolean takeOver, boolean stale, boolean stranger) implements OfKey {}

    record Progress(int token, int key, int late) implements OfAttempt {}

    record Fail(int token, int key, int late) implements OfAttempt {}

    record Release(int token, int key, int late) implements OfAttempt {}

    record Retry(int token, int key) implements OfKey {}

    /// Uploads a real key and completes the upload.
    record Finish(int token, int key, int late) implements OfAttempt {}

    /// Uploads a real key, and leaves it at that for now.
    record Upload(int token, int key, int late) implements OfAttempt {}

    /// Sends more to an upload that is whole.
    record Append(int token, int key, int late) implements OfAttempt {}

    /// Completes an upload that is whole.
    record Complete(int token, int key, int late) implements OfAttempt {}

    /// Time passes without a sign of life, and the sweeper sees it.
    record LoseLease(int token, int key) implements OfKey {}

    /// May it query?
    ///
    /// @param previous with the value before the latest roll
    record Ask(int token, int model, boolean previous) implements OfToken {}

    /// The key holder has another root key from now on.
    record RotateRootKey(int holder, int root) implements Step {}

    /// Asks what a step would do.
    record Preview(Step of) implements Step {}

    /// Several in one call, each by itself. What is about a token that a line before creates is left out, for nobody knows its id.
    ///
    /// @param again whether the same is sent once more, under the same Idempotency-Key
    record Bulk(List<Line> lines, boolean again) implements Step {}

    /// @param does what `operation` does
    record Line(TokenOperation operation, OfToken does) {}
}
