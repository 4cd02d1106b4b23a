package dev.keyswitch.contract.event;

import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.Custody;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Data of `token.assigned`, `token.reassigned` and `evaluation-key.requested`: an evaluation key is wanted. A hint only;
/// the claim at the API decides.
///
/// @param previousModelId the model before, if there was one
/// @param by who asked: name of the credential, or `system`
public record KeyJob(
        UUID accountId,
        UUID tokenId,
        UUID holderId,
        @Nullable UUID previousModelId,
        UUID modelId,
        long generation,
        AssignmentMode mode,
        Custody custody,
        UUID evaluationKeyId,
        String profileDigest,
        KeyCause cause,
        String by) {

    /// Whoever reads one from a topic must not find holes in it.
    public KeyJob {
        Objects.requireNonNull(accountId, "accountId");
        Objects.requireNonNull(tokenId, "tokenId");
        Objects.requireNonNull(holderId, "holderId");
        Objects.requireNonNull(modelId, "modelId");
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(custody, "custody");
        Objects.requireNonNull(evaluationKeyId, "evaluationKeyId");
        Objects.requireNonNull(profileDigest, "profileDigest");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(by, "by");
    }
}
