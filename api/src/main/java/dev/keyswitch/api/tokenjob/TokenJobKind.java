package dev.keyswitch.api.tokenjob;

import dev.keyswitch.contract.model.ModelJob;

/// What a job does to each token.
public enum TokenJobKind {
    RENEW_KEYS,
    UNASSIGN_TOKENS,
    CANCEL_MOVES,
    /// The root key of a key holder is another one: keys made from the former one are replaced.
    ROTATE_ROOT_KEY;

    ModelJob.Kind ofModel() {
        return ModelJob.Kind.valueOf(name());
    }
}
