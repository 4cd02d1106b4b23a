package dev.keyswitch.worker;

import dev.keyswitch.contract.evaluationkey.EvaluationKeyClaim;
import dev.keyswitch.contract.event.KeyJob;
import dev.keyswitch.keygen.KeyProfile;
import java.util.Set;
import java.util.UUID;

/// What the key holder agrees to, whatever the provider asks for. Parameters outside the 128-bit table never get this
/// far: such a profile cannot be read.
///
/// @param maxKeyBytes largest evaluation key that is made
/// @param maxKeysPerHour how many evaluation keys are begun within any hour; 0: no limit
/// @param allowedModels empty: every model
public record LocalPolicy(long maxKeyBytes, int maxKeysPerHour, Set<UUID> allowedModels) {

    /// 4 GiB: more than the full default set of the largest ring degree.
    public static final LocalPolicy DEFAULT = new LocalPolicy(4L << 30, 0, Set.of());

    public LocalPolicy {
        if (maxKeyBytes < 1 || maxKeysPerHour < 0) {
            throw new IllegalArgumentException("limits of a key holder must be positive");
        }
        allowedModels = Set.copyOf(allowedModels);
    }

    /// @throws RefusedJobException if this holder does not do that
    void require(KeyJob job, EvaluationKeyClaim claim, UUID pinnedDeployment, KeyProfile profile) {
        refuseIf(
                !claim.deploymentId().equals(pinnedDeployment),
                "The job comes from another deployment than the one this key holder was set up with.");
        refuseIf(
                !claim.evaluationKeyId().equals(job.evaluationKeyId())
                        || !claim.tokenId().equals(job.tokenId())
                        || !claim.modelId().equals(job.modelId())
                        || claim.generation() != job.generation(),
                "The claim answers another job than the event announced.");
        refuseIf(
                !allowedModels.isEmpty() && !allowedModels.contains(claim.modelId()),
                "This key holder makes no keys for this model.");
        long size = profile.layout().sizeBytes();
        refuseIf(
                size > maxKeyBytes,
                "The evaluation key would have " + size + " bytes; this key holder makes at most " + maxKeyBytes + ".");
    }

    private static void refuseIf(boolean wrong, String sentence) {
        if (wrong) {
            throw new RefusedJobException(sentence);
        }
    }
}
