package dev.keyswitch.api.evaluationkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.TestClient.Answer;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.evaluationkey.Upload;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Rotations;
import dev.keyswitch.keygen.KeyProfile;
import dev.keyswitch.profile.EncryptionProfiles;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// The token moves on after the last look at the fences and before the commit, while a large key is read back.
class OvertakenWhileCheckedIT extends EvaluationKeyIT {

    private static final KeyProfile LARGE =
            EncryptionProfiles.resolve(EncryptionProfile.ckks(8192, 60, 40, 40, 60).withRotations(Rotations.all()));
    private static final byte[] KEY = newKey(LARGE);
    private static final int CHUNK = 4 << 20;

    @Test
    void leavesNoBytes() {
        boolean overtaken = false;
        Instant deadline = Instant.now().plus(Duration.ofMinutes(2));
        while (!overtaken && Instant.now().isBefore(deadline)) {
            Wanted wanted = wanted(LARGE, defaultHolder());
            Upload upload = uploaded(wanted);
            execute("update evaluation_key set lease_until = now() + interval '5 seconds' where id = ?", wanted.id());

            CompletableFuture<Answer> completion =
                    CompletableFuture.supplyAsync(() -> complete(agent(), upload, announced(LARGE, KEY)));
            awaitCheck(wanted, completion);
            moveOn(wanted);

            Answer answer = completion.join();
            overtaken = answer.status() != 200;
            if (overtaken) {
                answer.problem(409, "generation-outdated");
                assertThat(get(wanted).state()).isEqualTo(EvaluationKeyState.SUPERSEDED);
                assertThat(storedFiles()).noneMatch(file -> file.toString().contains(wanted.id().toString()));
                assertThat(stagedFiles()).noneMatch(file -> file.toString().contains(upload.id().toString()));
            }
        }
        assertThat(overtaken).isTrue();
    }

    /// The lease is prolonged right before the bytes are read; a key that is READY has none.
    private void awaitCheck(Wanted wanted, CompletableFuture<Answer> completion) {
        while (!completion.isDone()
                && this.<Boolean>value("select coalesce(lease_until < now() + interval '30 seconds', false) from evaluation_key where id = ?", wanted.id())) {
            LockSupport.parkNanos(100_000);
        }
    }

    private void moveOn(Wanted wanted) {
        execute(
                """
                with t as (update token set generation = generation + 1, active_generation = generation + 1 where id = ?)
                update evaluation_key set state = 'SUPERSEDED', ended_at = now(), lease_until = null
                where id = ? and state = 'GENERATING'
                """,
                wanted.token(),
                wanted.id());
    }

    private Upload uploaded(Wanted wanted) {
        Upload upload = begun(agent(), wanted, claimed(agent(), wanted).attempt(), KEY.length);
        for (int offset = 0; offset < KEY.length; offset += CHUNK) {
            append(agent(), upload, offset, slice(KEY, offset, Math.min(KEY.length, offset + CHUNK)));
        }
        return upload;
    }
}
