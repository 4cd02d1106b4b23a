package dev.keyswitch.api.reference;

import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.contract.token.TokenStatus;
import org.jspecify.annotations.Nullable;

/// One thing that somebody does. Tokens and models are named by places, not ids, so a sequence from which steps were taken out still
/// means something. A step about an empty place is left out; so is one that would fill a place that is taken.
sealed interface Step {

    record Register(int model, boolean other) implements Step {}

    /// Activates or deactivates.
    record Turn(int model, boolean active) implements Step {}

    /// Another encryption profile.
    record Compute(int model, boolean other) implements Step {}

    record Remove(int model, boolean unassignTokens) implements Step {}

    /// @param model null: unassigned
    record Create(int token, @Nullable Integer model, Custody custody) implements Step {}

    record Assign(int token, int model, boolean reassign, AssignmentMode mode) implements Step {}

    /// @param expected null: whatever it has
    record Unassign(int token, @Nullable Integer expected) implements Step {}

    /// Null: as it is.
    record Change(int token, @Nullable TokenStatus status, @Nullable Custody custody, @Nullable Integer holder, @Nullable Integer model)
            implements Step {}

    /// A new name, if nothing has changed since the token was created.
    record RenameUnchanged(int token) implements Step {}

    /// Its time runs out, and it is said to have.
    record Expire(int token) implements Step {}

    record Renew(int token) implements Step {}

    record Roll(int token, boolean grace) implements Step {}

    record Delete(int token) implements Step {}

    /// @param key which of the token's keys: 0 the newest one, 1 the one before
    /// @param stale with a generation that is not the key's
    /// @param stranger with the root key of somebody else
    record Claim(int token, int key, int worker, boolean takeOver, boolean stale, boolean stranger) implements Step {}

    /// @param late how many attempts behind the latest one
    record Progress(int token, int key, int late) implements Step {}

    /// The same.
    record Fail(int token, int key, int late) implements Step {}

    /// The same.
    record Release(int token, int key, int late) implements Step {}

    record Retry(int token, int key) implements Step {}

    /// Uploads a real key and completes the upload.
    record Finish(int token, int key, int late) implements Step {}

    /// Time passes without a sign of life.
    record LoseLease(int token, int key) implements Step {}

    /// May it query?
    ///
    /// @param previous with the value before the latest roll
    record Ask(int token, int model, boolean previous) implements Step {}
}
