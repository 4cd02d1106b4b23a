package dev.keyswitch.api.evaluationkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.Eventually;
import dev.keyswitch.api.TestClient.Answer;
import dev.keyswitch.contract.access.Introspection.Reason;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.model.ChangeModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.ModelJob;
import dev.keyswitch.contract.model.ModelStatus;
import dev.keyswitch.contract.token.AssignToken;
import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.Token;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What becomes of a model between its registration and its end, and what that means for its tokens.
class ModelLifecycleIT extends AssignedKeyIT {

    private static final EncryptionProfile ONE = EncryptionProfile.bfv(4096, 20, 36, 36, 37);
    private static final EncryptionProfile OTHER = EncryptionProfile.ckks(4096, 36, 36, 37);

    @Override
    protected Map<String, String> settings() {
        return Map.of("keyswitch.token-job.every", "50ms");
    }

    @Test
    void changesItsNameAndDescription() {
        Model model = model(ONE);
        Model taken = model(ONE);

        Model changed = owner().patch(path(model), new ChangeModel(" Fraud " + model.id(), "finds it")).as(200, Model.class);

        assertThat(changed.name()).isEqualTo("Fraud " + model.id());
        assertThat(changed.description()).isEqualTo("finds it");
        assertThat(changed.updatedAt()).isAfter(model.updatedAt());
        assertThat(read(model)).isEqualTo(changed);
        assertThat(events(model)).containsExactly("model.created", "model.updated");
        owner().patch(path(model), "{\"name\":\"" + taken.name() + "\"}").problem(409, "model-name-taken");
        owner().patch(path(model), "{\"name\":null}").problem(422, "invalid-fields");
        owner().patch(path(model), "{\"encryptionProfile\":{}}").problem(422, "invalid-fields");
        assertThat(owner().patch(path(model), "{\"description\":null}").as(200, Model.class).description()).isEmpty();
    }

    @Test
    void refusesAChangeOfWhatHasBeenChangedMeanwhile() {
        Model model = model(ONE);
        String tag = owner().get(path(model)).header("ETag");
        owner().patch(path(model), "{\"description\":\"first\"}").as(200, Model.class);

        Answer late = owner().send(owner().request(path(model))
                .header("If-Match", tag)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString("{\"description\":\"second\"}")));

        late.problem(412, "precondition-failed");
        assertThat(read(model).description()).isEqualTo("first");
    }

    @Test
    void anInactiveModelKeepsItsTokensButNobodyMayQueryIt() {
        Model model = model(ONE);
        Token token = assigned(model);
        make(Objects.requireNonNull(token.evaluationKey()));

        assertThat(owner().post(path(model) + "/deactivate", "").as(200, Model.class).status()).isEqualTo(ModelStatus.INACTIVE);
        assertThat(introspect(token, model).reason()).isEqualTo(Reason.MODEL_INACTIVE);
        assertThat(read(token).modelId()).isEqualTo(model.id());

        assertThat(owner().post(path(model) + "/activate", "").as(200, Model.class).status()).isEqualTo(ModelStatus.ACTIVE);
        assertThat(introspect(token, model).active()).isTrue();
        owner().post(path(model) + "/activate", "").as(200, Model.class);
        assertThat(events(model)).containsExactly("model.created", "model.deactivated", "model.activated");
    }

    /// Whoever works on a job holds it and then asks for the model; whoever changes the model holds that. If the change waited for the job,
    /// the two would wait for each other.
    @Test
    void doesNotWaitForAJobThatIsBeingWorkedOn() throws Exception {
        Model model = model(ONE);
        assigned(model);
        execute(
                """
                insert into token_job (id, account_id, model_id, kind, requested_at, by_name, total, next_attempt_at)
                values (?, ?, ?, 'RENEW_KEYS', now(), 'test', 1, now() + interval '1 hour')
                """,
                UUID.randomUUID(),
                account(),
                model.id());
        try (Connection worker = database();
                var statement = worker.createStatement()) {
            worker.setAutoCommit(false);
            statement.execute("select id from token_job where model_id = '" + model.id() + "' for update");

            owner().put(path(model) + "/encryption-profile", OTHER).as(200, Model.class);

            worker.rollback();
        }
    }

    @Test
    void deactivatingOrDeletingAModelCancelsMovesToIt() {
        Model home = model(ONE);
        for (boolean delete : new boolean[] {false, true}) {
            Model target = model(ONE);
            Token token = assigned(home);
            make(Objects.requireNonNull(token.evaluationKey()));
            EvaluationKey wanted = Objects.requireNonNull(assign(token, target, AssignmentMode.WHEN_READY).pendingReassignment())
                    .evaluationKey();

            int status = delete ? owner().delete(path(target)).status() : owner().post(path(target) + "/deactivate", "").status();

            assertThat(status).isEqualTo(delete ? 204 : 200);
            Eventually.holds(() -> read(token).pendingReassignment() == null);
            assertThat(read(wanted.id()).state()).isEqualTo(EvaluationKeyState.REVOKED);
            assertThat(introspect(token, home).active()).isTrue();
        }
    }

    @Test
    void anotherProfileMeansAnotherKeyForEveryToken() {
        Model model = model(ONE);
        Model home = model(ONE);
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < 45; i++) {
            tokens.add(assigned(model));
        }
        make(Objects.requireNonNull(tokens.getFirst().evaluationKey()));
        Token moving = assigned(home);
        assign(moving, model, AssignmentMode.WHEN_READY);
        Token canceled = assigned(model);
        owner().patch("/v1/tokens/" + canceled.id(), "{\"status\":\"CANCELED\"}").as(200, Token.class);

        Model changed = owner().put(path(model) + "/encryption-profile", OTHER).as(200, Model.class);

        assertThat(changed.encryptionProfile().digest()).isNotEqualTo(model.encryptionProfile().digest());
        assertThat(changed.job()).isNotNull();
        assertThat(changed.job().kind()).isEqualTo(ModelJob.Kind.RENEW_KEYS);
        assertThat(changed.job().total()).isEqualTo(47);
        Eventually.holds(() -> read(model).job() == null);
        for (Token token : tokens) {
            Token now = read(token);
            assertThat(now.generation()).isEqualTo(2);
            assertThat(now.activeGeneration()).isNull();
            assertThat(Objects.requireNonNull(now.evaluationKey()).state()).isEqualTo(EvaluationKeyState.REQUESTED);
            assertThat(read(Objects.requireNonNull(token.evaluationKey()).id()).state()).isEqualTo(EvaluationKeyState.SUPERSEDED);
            assertThat(this.<Long>value(
                            "select count(*) from outbox where record_key = ? and data like '%PROFILE_CHANGED%'", token.id().toString()))
                    .isEqualTo(1);
        }
        assertThat(Objects.requireNonNull(read(moving).pendingReassignment()).generation()).isEqualTo(3);
        assertThat(read(moving).modelId()).isEqualTo(home.id());
        assertThat(read(canceled).generation()).isEqualTo(1);
        EvaluationKey next = make(Objects.requireNonNull(read(tokens.getFirst()).evaluationKey()));
        assertThat(this.<String>value("select profile_digest from evaluation_key where id = ?", next.id()))
                .isEqualTo(changed.encryptionProfile().digest());
        assertThat(owner().put(path(model) + "/encryption-profile", OTHER).as(200, Model.class)).isEqualTo(read(model));
        owner().put(path(model) + "/encryption-profile", "{\"scheme\":\"CKKS\",\"polyModulusDegree\":5}").problem(422, "invalid-fields");
        assertThat(events(model)).containsExactly("model.created", "model.profile-changed");
    }

    @Test
    void deletesAModelWithItsAssignmentsOnlyWhenAskedTo() {
        Model model = model(ONE);
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            tokens.add(assigned(model));
        }
        Token other = token("too late");

        assertThat(owner().delete(path(model)).problem(409, "model-has-tokens").facts()).containsEntry("tokenCount", 25);
        // The job waits for this token, so that the model can be seen on its way out.
        Answer answer = holding(tokens.getLast(), () -> {
            Answer accepted = owner().delete(path(model) + "?unassignTokens=true");
            Model leaving = accepted.as(202, Model.class);
            assertThat(leaving.status()).isEqualTo(ModelStatus.INACTIVE);
            assertThat(Objects.requireNonNull(leaving.job()).kind()).isEqualTo(ModelJob.Kind.UNASSIGN_TOKENS);
            owner().put("/v1/tokens/" + other.id() + "/assignment", new AssignToken(model.id(), null, null)).problem(409, "conflict");
            owner().post(path(model) + "/activate", "").problem(409, "conflict");
            owner().delete(path(model) + "?unassignTokens=true").as(202, Model.class);
            return accepted;
        });

        assertThat(answer.status()).isEqualTo(202);
        Eventually.holds(() -> owner().get(path(model)).status() == 404);
        for (Token token : tokens) {
            assertThat(read(token).modelId()).isNull();
            assertThat(read(Objects.requireNonNull(token.evaluationKey()).id()).state()).isEqualTo(EvaluationKeyState.REVOKED);
        }
        assertThat(events(model)).containsExactly("model.created", "model.deactivated", "model.deleted");
        assertThat(model(ONE).name()).isNotEmpty();
    }

    /// The job has looked the token up, and waits for whoever gives it another model.
    @Test
    void leavesATokenAloneThatHasGotAnotherModelMeanwhile() throws Exception {
        Model model = model(ONE);
        Model other = model(ONE);
        Token token = assigned(model);
        try (Connection mover = database();
                var statement = mover.createStatement()) {
            mover.setAutoCommit(false);
            statement.execute("update token set model_id = '" + other.id() + "' where id = '" + token.id() + "'");
            owner().put(path(model) + "/encryption-profile", OTHER).as(200, Model.class);
            Eventually.holds(() -> this.<Long>value(
                            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
                    > 0);
            mover.commit();
        }

        Eventually.holds(() -> read(model).job() == null);
        assertThat(read(token).generation()).isEqualTo(1);
    }

    /// A job that fails tells so, is tried again, and has lost nothing.
    @Test
    void aJobGoesOnAfterAFailure() {
        Model model = model(ONE);
        Token token = assigned(model);
        execute("alter table token add constraint stopped check (generation < 2 or name <> 'token of " + model.id() + "') not valid");
        owner().put(path(model) + "/encryption-profile", OTHER).as(200, Model.class);
        Eventually.holds(() -> read(model).job() != null && Objects.requireNonNull(read(model).job()).failure() != null);
        assertThat(read(token).generation()).isEqualTo(1);

        execute("alter table token drop constraint stopped");

        Eventually.holds(() -> read(model).job() == null);
        assertThat(read(token).generation()).isEqualTo(2);
    }

    private <T> T holding(Token token, Supplier<T> meanwhile) {
        try (var connection = database()) {
            connection.setAutoCommit(false);
            connection.createStatement().executeQuery("select 1 from token where id = '" + token.id() + "' for update");
            return meanwhile.get();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Token assigned(Model model) {
        Token token = token("token of " + model.id());
        return assign(token, model, false).withValue(token.value());
    }

    private Model read(Model model) {
        return owner().get(path(model)).as(200, Model.class);
    }

    private static String path(Model model) {
        return "/v1/models/" + model.id();
    }

    private List<String> events(Model model) {
        String types = value("select string_agg(type, ',' order by id) from outbox where record_key = ?", model.id().toString());
        return List.of(types.replace("dev.keyswitch.", "").replace(".v1", "").split(","));
    }
}
