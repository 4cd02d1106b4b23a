package dev.keyswitch.worker;

import dev.keyswitch.contract.event.KeyCause;
import dev.keyswitch.contract.event.KeyJob;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyClaim;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.keygen.KeyProfile;
import dev.keyswitch.profile.EncryptionProfiles;
import java.time.Instant;
import java.util.UUID;

/// Jobs for tests.
final class Jobs {

    static final UUID DEPLOYMENT = UUID.randomUUID();
    static final UUID MODEL = UUID.randomUUID();
    static final KeyProfile PROFILE = EncryptionProfiles.resolve(EncryptionProfile.bfv(4096, 20, 36, 36, 37));

    private Jobs() {}

    static KeyJob job(UUID token, long generation) {
        return new KeyJob(
                UUID.randomUUID(),
                token,
                UUID.randomUUID(),
                null,
                MODEL,
                generation,
                AssignmentMode.IMMEDIATE,
                Custody.AGENT,
                UUID.randomUUID(),
                PROFILE.digest(),
                KeyCause.ASSIGNED,
                "test");
    }

    static EvaluationKeyClaim claim(KeyJob job, UUID deployment, UUID model) {
        return new EvaluationKeyClaim(
                deployment,
                job.evaluationKeyId(),
                job.tokenId(),
                model,
                job.generation(),
                1,
                EncryptionProfiles.describe(PROFILE),
                Instant.now());
    }
}
