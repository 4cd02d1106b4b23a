package dev.keyswitch.api.evaluationkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.evaluationkey.Upload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The token moves on after the last look at the fences and before the commit, while a key is read back.
///
/// A trigger stands for the other caller: it moves the token on in the moment in which the completion has prolonged its lease,
/// which is right before it reads the bytes. To race two callers for that moment would hit it on some machines only.
class OvertakenWhileCheckedIT extends EvaluationKeyIT {

    private static final byte[] KEY = newKey(BFV);

    @AfterEach
    void dropTrigger() {
        execute("drop trigger if exists overtake on evaluation_key");
        execute("drop function if exists overtake()");
    }

    @Test
    void leavesNoBytes() {
        Wanted wanted = wanted();
        Upload upload = begun(agent(), wanted, claimed(agent(), wanted).attempt(), KEY.length);
        append(agent(), upload, 0, KEY);
        moveOnWhenProlonged(wanted);

        complete(agent(), upload, announced(BFV, KEY)).problem(409, "generation-outdated");

        assertThat(get(wanted).state()).isEqualTo(EvaluationKeyState.SUPERSEDED);
        assertThat(storedFiles()).noneMatch(file -> file.toString().contains(wanted.id().toString()));
        assertThat(stagedFiles()).noneMatch(file -> file.toString().contains(upload.id().toString()));
    }

    private void moveOnWhenProlonged(Wanted wanted) {
        // A lease of which most is left is not prolonged.
        execute("update evaluation_key set lease_until = now() + interval '10 s' where id = '%s'".formatted(wanted.id()));
        execute(
                """
                create function overtake() returns trigger language plpgsql as $$
                begin
                    update token set generation = generation + 1, active_generation = generation + 1 where id = new.token_id;
                    update evaluation_key set state = 'SUPERSEDED', ended_at = now(), lease_until = null where id = new.id;
                    return null;
                end $$
                """);
        execute(
                """
                create trigger overtake after update of lease_until on evaluation_key for each row
                when (new.id = '%s' and new.state = 'GENERATING') execute function overtake()
                """
                        .formatted(wanted.id()));
    }
}
