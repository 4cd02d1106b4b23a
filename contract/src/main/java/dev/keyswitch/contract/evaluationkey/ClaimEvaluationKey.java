package dev.keyswitch.contract.evaluationkey;

import org.jspecify.annotations.Nullable;

/// Body of `POST /v1/evaluation-keys/{id}/claim`.
///
/// @param generation what the worker believes is asked for; an older one is refused
/// @param rootFingerprint fingerprint of the claimer's root key; must be the one of the token's holder
/// @param worker name for people, 1 to 120 characters
/// @param takeOver true if no other running worker has that name: what is left of a lease under it belongs to a dead
///     predecessor, and need not be waited for. The predecessor's attempt is fenced either way
public record ClaimEvaluationKey(
        @Nullable Long generation,
        @Nullable String rootFingerprint,
        @Nullable String worker,
        @Nullable Boolean takeOver) {

    public ClaimEvaluationKey(
            @Nullable Long generation, @Nullable String rootFingerprint, @Nullable String worker) {
        this(generation, rootFingerprint, worker, null);
    }
}
