package dev.keyswitch.contract.evaluationkey;

/// Where an evaluation key stands.
public enum EvaluationKeyState {
    /// Asked for, waits for a worker or for the key holder.
    REQUESTED,
    /// Claimed: a worker makes and uploads it under a lease.
    GENERATING,
    /// All bytes stored and checked; in force, or about to be.
    READY,
    /// Given up with a reason; can be asked for again.
    FAILED,
    /// Replaced by a newer generation; its bytes are deleted after the retention time.
    SUPERSEDED,
    /// Withdrawn with its assignment.
    REVOKED;

    /// Nothing leads out of a final state.
    public boolean isFinal() {
        return this == SUPERSEDED || this == REVOKED;
    }
}
