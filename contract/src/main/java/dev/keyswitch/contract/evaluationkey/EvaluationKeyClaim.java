package dev.keyswitch.contract.evaluationkey;

import dev.keyswitch.contract.model.EncryptionProfile;
import java.time.Instant;
import java.util.UUID;

/// Answer to a claim: the job, and the attempt under which it may be reported and finished.
///
/// @param deploymentId must be the one the holder has pinned
/// @param encryptionProfile resolved
/// @param leaseUntil the claim is lost after this time unless progress is reported
public record EvaluationKeyClaim(
        UUID deploymentId,
        UUID evaluationKeyId,
        UUID tokenId,
        UUID modelId,
        long generation,
        int attempt,
        EncryptionProfile encryptionProfile,
        Instant leaseUntil) {}
