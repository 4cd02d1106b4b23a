package dev.keyswitch.api.evaluationkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.contract.access.Introspection;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.evaluationkey.Upload;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.Rotations;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Token;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// From an assignment to a key in force and on to the next one, over HTTP alone.
class EvaluationKeyRequestsIT extends AssignedKeyIT {

    @Test
    void followsATokenFromModelToModelAndOut() {
        Model first = model(EncryptionProfile.ckks(4096, 36, 36, 37).withRotations(Rotations.steps(1, -2, 0)));
        Model second = model(EncryptionProfile.bfv(4096, 20, 36, 36, 37));
        Token token = owner().post("/v1/tokens", CreateToken.named("moving")).as(201, Token.class);

        Token assigned = assign(token, first, false);
        EvaluationKey one = make(Objects.requireNonNull(assigned.evaluationKey()));
        assertThat(introspect(token, first).active()).isTrue();
        assertThat(Objects.requireNonNull(introspect(token, first).evaluationKey()).id()).isEqualTo(one.id());

        Token moved = assign(token, second, true);
        EvaluationKey wanted = Objects.requireNonNull(moved.evaluationKey());
        assertThat(wanted.state()).isEqualTo(EvaluationKeyState.REQUESTED);
        assertThat(wanted.generation()).isGreaterThan(one.generation());
        assertThat(read(one.id()).state()).isEqualTo(EvaluationKeyState.SUPERSEDED);
        assertThat(introspect(token, second).reason()).isEqualTo(Introspection.Reason.EVALUATION_KEY_NOT_READY);
        EvaluationKey two = make(wanted);
        assertThat(two.sha256()).isNotEqualTo(one.sha256());
        assertThat(introspect(token, second).active()).isTrue();
        assertThat(introspect(token, first).reason()).isEqualTo(Introspection.Reason.OTHER_MODEL);
        Token now = owner().get("/v1/tokens/" + token.id()).as(200, Token.class);
        assertThat(now.evaluationKey()).isEqualTo(two);
        assertThat(now.activeGeneration()).isEqualTo(two.generation());

        Token out = owner().delete("/v1/tokens/" + token.id() + "/assignment").as(200, Token.class);
        assertThat(out.evaluationKey()).isNull();
        assertThat(read(two.id()).state()).isEqualTo(EvaluationKeyState.REVOKED);
        assertThat(read(one.id()).state()).isEqualTo(EvaluationKeyState.SUPERSEDED);
        assertThat(introspect(token, second).reason()).isEqualTo(Introspection.Reason.TOKEN_UNASSIGNED);
        assertThat(events(token.id(), "generating")).isEqualTo(2);
        assertThat(events(token.id(), "ready")).isEqualTo(2);
        assertThat(events(token.id(), "superseded")).isEqualTo(1);
        assertThat(events(token.id(), "revoked")).isEqualTo(1);
        assertThat(events(token.id(), "requested")).isZero();
    }

    @Test
    void leavesNoBytesOfAKeyThatIsFinishedAfterItsAssignmentEnded() {
        Model model = model(EncryptionProfile.bfv(4096, 20, 36, 36, 37));
        Token token = owner().post("/v1/tokens", CreateToken.named("late")).as(201, Token.class);
        UUID key = Objects.requireNonNull(assign(token, model, false).evaluationKey()).id();
        byte[] bytes = newKey(BFV);
        claim(key, 1);
        Upload upload = upload(key, 1, bytes);

        owner().delete("/v1/tokens/" + token.id() + "/assignment").as(200, Token.class);

        complete(agent(), upload, announced(BFV, bytes)).problem(409, "generation-outdated");
        assertThat(read(key).state()).isEqualTo(EvaluationKeyState.REVOKED);
        assertThat(storedFiles()).noneMatch(file -> file.toString().contains(key.toString()));
    }

    @Test
    void neverHasTwoGenerationsInForceHoweverReassignmentsAndCompletionsMeet() throws Exception {
        Model a = model(EncryptionProfile.bfv(4096, 20, 36, 36, 37));
        Model b = model(EncryptionProfile.bfv(4096, 20, 36, 36, 37));
        Token token = owner().post("/v1/tokens", CreateToken.named("racing")).as(201, Token.class);
        EvaluationKey key = Objects.requireNonNull(assign(token, a, false).evaluationKey());
        byte[] bytes = newKey(BFV);
        for (int round = 0; round < 15; round++) {
            EvaluationKey wanted = key;
            Model next = round % 2 == 0 ? b : a;
            claim(wanted.id(), wanted.generation());
            Upload upload = upload(wanted.id(), 1, bytes);

            var completing = java.util.concurrent.CompletableFuture.supplyAsync(
                    () -> complete(agent(), upload, announced(BFV, bytes)).status());
            key = Objects.requireNonNull(assign(token, next, true).evaluationKey());

            assertThat(completing.get()).isIn(200, 409);
            assertThat(read(wanted.id()).state()).isEqualTo(EvaluationKeyState.SUPERSEDED);
            boolean kept = storedFiles().stream().anyMatch(file -> file.toString().contains(wanted.id().toString()));
            assertThat(kept).isEqualTo(completing.get() == 200);
            assertThat(introspect(token, next).active()).isFalse();
        }
        assertThat(make(key).state()).isEqualTo(EvaluationKeyState.READY);
        assertThat(this.<Long>value(
                        "select count(*) from evaluation_key where token_id = ? and state = 'READY'", token.id()))
                .isEqualTo(1);
    }
}
