package dev.keyswitch.keygen;

import java.util.UUID;

/// Whose secret key it is: one per token, model and generation of one deployment.
///
/// @param deploymentId the control plane this key holder was set up with
/// @param generation rises with every new evaluation key of the token
public record KeyId(UUID deploymentId, UUID tokenId, UUID modelId, long generation) {
    public KeyId {
        if (generation < 0) {
            throw new IllegalArgumentException("a generation is never negative");
        }
    }
}
