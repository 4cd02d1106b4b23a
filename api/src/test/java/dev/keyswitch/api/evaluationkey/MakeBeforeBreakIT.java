package dev.keyswitch.api.evaluationkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.api.http.Json;
import dev.keyswitch.contract.access.Introspection.Reason;
import dev.keyswitch.contract.access.Introspection;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyClaim;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.evaluationkey.ReportFailure;
import dev.keyswitch.contract.evaluationkey.Upload;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.AssignToken;
import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.PendingReassignment;
import dev.keyswitch.contract.token.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Moves that wait for their key: the token works on the model it has until the key for the other one is there.
class MakeBeforeBreakIT extends AssignedKeyIT {

    private static final EncryptionProfile PROFILE = EncryptionProfile.bfv(4096, 20, 36, 36, 37);

    private Model a = unset();
    private Model b = unset();
    private Model c = unset();

    @BeforeAll
    void registerModels() {
        a = model(PROFILE);
        b = model(PROFILE);
        c = model(PROFILE);
    }

    @Test
    void worksOnTheOldModelUntilTheNewKeyIsThereAndThenMovesAtOnce() throws Exception {
        Token token = token("patient");
        EvaluationKey one = make(Objects.requireNonNull(assign(token, a, false).evaluationKey()));

        Token waiting = assign(token, b, AssignmentMode.WHEN_READY);

        PendingReassignment move = Objects.requireNonNull(waiting.pendingReassignment());
        assertThat(waiting.modelId()).isEqualTo(a.id());
        assertThat(waiting.evaluationKey()).isEqualTo(one);
        assertThat(waiting.activeGeneration()).isEqualTo(1);
        assertThat(waiting.generation()).isEqualTo(2);
        assertThat(move.modelId()).isEqualTo(b.id());
        assertThat(move.generation()).isEqualTo(2);
        assertThat(move.evaluationKey().state()).isEqualTo(EvaluationKeyState.REQUESTED);
        assertThat(inForce(token, a)).isEqualTo(one.id());
        assertThat(introspect(token, b).reason()).isEqualTo(Reason.OTHER_MODEL);
        JsonNode job = event(token.id(), "token.reassigned");
        assertThat(job.path("mode").asText()).isEqualTo("WHEN_READY");
        assertThat(job.path("previousModelId").asText()).isEqualTo(a.id().toString());
        assertThat(job.path("modelId").asText()).isEqualTo(b.id().toString());

        EvaluationKey two = make(move.evaluationKey());

        assertThat(two.state()).isEqualTo(EvaluationKeyState.READY);
        assertThat(inForce(token, b)).isEqualTo(two.id());
        assertThat(introspect(token, a).reason()).isEqualTo(Reason.OTHER_MODEL);
        assertThat(read(one.id()).state()).isEqualTo(EvaluationKeyState.SUPERSEDED);
        Token moved = read(token);
        assertThat(moved.modelId()).isEqualTo(b.id());
        assertThat(moved.generation()).isEqualTo(2);
        assertThat(moved.activeGeneration()).isEqualTo(2);
        assertThat(moved.pendingReassignment()).isNull();
        JsonNode flip = event(token.id(), "token.updated");
        assertThat(flip.path("previousModelId").asText()).isEqualTo(a.id().toString());
        assertThat(flip.path("modelId").asText()).isEqualTo(b.id().toString());
        assertThat(types(token.id()))
                .endsWith("token.reassigned", "evaluation-key.generating", "evaluation-key.ready", "token.updated", "evaluation-key.superseded");
        assertThat(owner().get("/v1/tokens/" + token.id() + "/assignments").json().findValuesAsText("endedBecause"))
                .containsExactly("null", "REASSIGNED");
        assertThat(this.<String>value("select string_agg(action, ',' order by id) from audit where token_id = ? and action like 'token.%'", token.id()))
                .isEqualTo("token.created,token.assigned,token.move-requested,token.moved");
    }

    @Test
    void refusesAWaitingMoveOfATokenThatIsAssignedElsewhereUnlessItIsAskedFor() {
        Token token = token("unasked");
        assign(token, a, false);

        owner().put("/v1/tokens/" + token.id() + "/assignment", new AssignToken(b.id(), false, AssignmentMode.WHEN_READY))
                .problem(409, "token-already-assigned");

        assertThat(read(token).pendingReassignment()).isNull();
    }

    @Test
    void assignsAtOnceWhatHasNothingToKeep() {
        Token token = assign(token("nothing to keep"), a, AssignmentMode.WHEN_READY);

        assertThat(token.modelId()).isEqualTo(a.id());
        assertThat(token.pendingReassignment()).isNull();
    }

    @Test
    void assigningToThePresentModelCancelsTheMove() {
        Token token = token("changed mind");
        EvaluationKey one = make(Objects.requireNonNull(assign(token, a, false).evaluationKey()));
        EvaluationKey two = pending(assign(token, b, AssignmentMode.WHEN_READY));

        Token stayed = assign(token, a, false);

        assertThat(stayed.pendingReassignment()).isNull();
        assertThat(stayed.evaluationKey()).isEqualTo(one);
        assertThat(read(two.id()).state()).isEqualTo(EvaluationKeyState.REVOKED);
        assertThat(inForce(token, a)).isEqualTo(one.id());
        agent().post("/v1/evaluation-keys/" + two.id() + "/claim", claimOf(2)).problem(409, "generation-outdated");
        assertThat(types(token.id())).endsWith("token.reassigned", "token.updated", "evaluation-key.revoked");
    }

    @Test
    void everyLaterAssignmentReplacesTheMove() {
        Token token = token("fickle");
        make(Objects.requireNonNull(assign(token, a, false).evaluationKey()));
        EvaluationKey toB = pending(assign(token, b, AssignmentMode.WHEN_READY));

        EvaluationKey toC = pending(assign(token, c, AssignmentMode.WHEN_READY));
        assertThat(read(toB.id()).state()).isEqualTo(EvaluationKeyState.SUPERSEDED);
        assertThat(read(token).modelId()).isEqualTo(a.id());

        Token atOnce = assign(token, b, AssignmentMode.IMMEDIATE);
        assertThat(atOnce.modelId()).isEqualTo(b.id());
        assertThat(atOnce.pendingReassignment()).isNull();
        assertThat(read(toC.id()).state()).isEqualTo(EvaluationKeyState.SUPERSEDED);

        EvaluationKey toA = pending(assign(token, a, AssignmentMode.WHEN_READY));
        Token out = owner().delete("/v1/tokens/" + token.id() + "/assignment?modelId=" + b.id()).as(200, Token.class);
        assertThat(out.modelId()).isNull();
        assertThat(out.pendingReassignment()).isNull();
        assertThat(read(toA.id()).state()).isEqualTo(EvaluationKeyState.REVOKED);
    }

    @Test
    void theSameMoveAgainChangesNothingUntilItsKeyHasFailed() {
        Token token = token("insistent");
        make(Objects.requireNonNull(assign(token, a, false).evaluationKey()));
        Token waiting = assign(token, b, AssignmentMode.WHEN_READY);
        EvaluationKey key = pending(waiting);
        assertThat(assign(token, b, AssignmentMode.WHEN_READY)).isEqualTo(waiting);
        int attempt = claim(key.id(), key.generation()).attempt();

        agent().post("/v1/evaluation-keys/" + key.id() + "/fail", new ReportFailure(attempt, "no memory")).as(200, EvaluationKey.class);

        EvaluationKey failed = pending(read(token));
        assertThat(failed.state()).isEqualTo(EvaluationKeyState.FAILED);
        assertThat(failed.failure()).isEqualTo("no memory");
        EvaluationKey next = pending(assign(token, b, AssignmentMode.WHEN_READY));
        assertThat(next.generation()).isEqualTo(3);
        assertThat(read(key.id()).state()).isEqualTo(EvaluationKeyState.SUPERSEDED);
        make(next);
        assertThat(read(token).modelId()).isEqualTo(b.id());
    }

    @Test
    void aFailedMoveGoesOnWhenItsKeyIsAskedForAgain() {
        Token token = token("second try");
        make(Objects.requireNonNull(assign(token, a, false).evaluationKey()));
        EvaluationKey key = pending(assign(token, b, AssignmentMode.WHEN_READY));
        int attempt = claim(key.id(), key.generation()).attempt();
        agent().post("/v1/evaluation-keys/" + key.id() + "/fail", new ReportFailure(attempt, "no memory")).as(200, EvaluationKey.class);

        owner().post("/v1/evaluation-keys/" + key.id() + "/retry", "").as(200, EvaluationKey.class);
        make(key);

        assertThat(read(token).modelId()).isEqualTo(b.id());
    }

    /// Also when nothing is in force yet: whichever key is ready first serves, and only the newer one moves the token.
    @Test
    void theKeyOfThePresentModelIsStillWantedWhileAMoveWaits() {
        Token token = token("both");
        EvaluationKey one = Objects.requireNonNull(assign(token, a, false).evaluationKey());
        EvaluationKey two = pending(assign(token, b, AssignmentMode.WHEN_READY));

        make(one);
        assertThat(inForce(token, a)).isEqualTo(one.id());
        assertThat(read(token).activeGeneration()).isEqualTo(1);

        make(two);
        assertThat(inForce(token, b)).isEqualTo(two.id());
        assertThat(read(one.id()).state()).isEqualTo(EvaluationKeyState.SUPERSEDED);
    }

    @Test
    void refusesToWaitForAnInactiveModelAndNeverMovesToOne() {
        Model doomed = model(PROFILE);
        Token token = token("not there");
        EvaluationKey one = make(Objects.requireNonNull(assign(token, a, false).evaluationKey()));
        EvaluationKey two = pending(assign(token, doomed, AssignmentMode.WHEN_READY));
        execute("update model set status = 'INACTIVE' where id = ?", doomed.id());

        EvaluationKey ready = finish(two);

        assertThat(ready.state()).isEqualTo(EvaluationKeyState.REVOKED);
        assertThat(read(token).pendingReassignment()).isNull();
        assertThat(inForce(token, a)).isEqualTo(one.id());
        owner().put("/v1/tokens/" + token.id() + "/assignment", new AssignToken(doomed.id(), true, AssignmentMode.WHEN_READY))
                .problem(409, "model-inactive");
    }

    /// The promise: while a token moves to and fro, every question finds exactly one model that it may query.
    @Test
    void isNeverWithoutAValidPairHoweverOftenItMoves() throws Exception {
        Token token = token("under load");
        make(Objects.requireNonNull(assign(token, a, false).evaluationKey()));
        byte[] bytes = newKey(BFV);
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<CompletableFuture<Integer>> askers = List.of(
                    CompletableFuture.supplyAsync(() -> askUntil(done, token), threads),
                    CompletableFuture.supplyAsync(() -> askUntil(done, token), threads));
            try {
                for (int round = 0; round < 20; round++) {
                    EvaluationKey wanted = pending(assign(token, round % 2 == 0 ? b : a, AssignmentMode.WHEN_READY));
                    EvaluationKeyClaim claim = claim(wanted.id(), wanted.generation());
                    Upload upload = upload(wanted.id(), claim.attempt(), bytes);
                    complete(agent(), upload, announced(BFV, bytes)).as(200, EvaluationKey.class);
                }
            } finally {
                done.set(true);
            }
            for (CompletableFuture<Integer> asker : askers) {
                assertThat(asker.get()).as("questions").isGreaterThan(20);
            }
        }
    }

    /// Asks for both models in one statement as introspection reads it, which is as of one moment.
    private int askUntil(AtomicBoolean done, Token token) {
        int asked = 0;
        while (!done.get()) {
            Long valid = value("""
                    select count(*) from token t
                    join model m on m.id = t.model_id and m.status = 'ACTIVE'
                    join evaluation_key k on k.token_id = t.id and k.generation = t.active_generation
                        and k.model_id = t.model_id and k.state = 'READY'
                    where t.id = ?
                    """, token.id());
            assertThat(valid).isEqualTo(1);
            // Two questions over HTTP are two moments, but between them at most one move can lie.
            boolean one = introspect(token, a).active();
            boolean other = introspect(token, b).active();
            assertThat(one || other || introspect(token, a).active() || introspect(token, b).active()).isTrue();
            asked++;
        }
        return asked;
    }

    /// Both modes, cancellations, removals and completions against each other: no deadlock, no 5xx, and the rows agree.
    @Test
    void staysConsistentWhateverMeets() throws Exception {
        List<Token> tokens = List.of(token("busy 1"), token("busy 2"));
        byte[] bytes = newKey(BFV);
        List<Callable<Set<Integer>>> work = new ArrayList<>();
        for (int caller = 0; caller < 4; caller++) {
            Random random = new Random(caller);
            work.add(() -> {
                Set<Integer> seen = new TreeSet<>();
                for (int i = 0; i < 40; i++) {
                    Token token = tokens.get(random.nextInt(tokens.size()));
                    UUID model = List.of(a, b, c).get(random.nextInt(3)).id();
                    seen.add(switch (random.nextInt(8)) {
                        case 0 -> owner().delete("/v1/tokens/" + token.id() + "/assignment").status();
                        case 1, 2, 3 -> finishOne(token, bytes);
                        case 4 -> owner().put("/v1/tokens/" + token.id() + "/assignment", new AssignToken(model, true, null)).status();
                        default -> owner().put(
                                        "/v1/tokens/" + token.id() + "/assignment",
                                        new AssignToken(model, true, AssignmentMode.WHEN_READY))
                                .status();
                    });
                }
                return seen;
            });
        }

        Set<Integer> statuses = new TreeSet<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(work.size())) {
            callers.invokeAll(work).forEach(done -> statuses.addAll(done.resultNow()));
        }

        assertThat(statuses).isSubsetOf(200, 204, 409);
        for (Token token : tokens) {
            // Every key that is not ended is that of the assignment or of the waiting move, and one of each at most.
            assertThat(this.<Long>value("""
                    select count(*) from evaluation_key k join token t on t.id = k.token_id
                    where t.id = ? and k.state not in ('SUPERSEDED', 'REVOKED')
                        and not (k.model_id = t.model_id and k.generation = (
                            select a.generation from assignment a where a.token_id = t.id and a.ended_at is null))
                        and not (k.model_id = t.pending_model_id and k.generation = t.pending_generation)
                    """, token.id())).isZero();
            assertThat(this.<Long>value("""
                    select count(*) from token t where t.id = ? and t.active_generation is not null and not exists (
                        select from evaluation_key k where k.token_id = t.id and k.generation = t.active_generation
                            and k.model_id = t.model_id and k.state = 'READY')
                    """, token.id())).isZero();
            assertThat(this.<Long>value("""
                    select count(*) from token t left join assignment a on a.token_id = t.id and a.ended_at is null
                    where t.id = ? and t.model_id is distinct from a.model_id
                    """, token.id())).isZero();
        }
    }

    private int finishOne(Token token, byte[] bytes) {
        UUID key = value(
                "select id from evaluation_key where token_id = ? and state = 'REQUESTED' order by generation desc limit 1", token.id());
        if (key == null) {
            return 204;
        }
        Long generation = value("select generation from evaluation_key where id = ?", key);
        var claimed = agent().post("/v1/evaluation-keys/" + key + "/claim", claimOf(generation));
        if (claimed.status() != 200) {
            return claimed.status();
        }
        TestClient agent = agent();
        Wanted wanted = new Wanted(token.id(), key, key, generation, "");
        var begun = begin(agent, wanted, 1, bytes.length);
        if (begun.status() != 201) {
            return begun.status();
        }
        Upload upload = begun.as(201, Upload.class);
        int appended = append(agent, upload, 0, bytes).status();
        return appended != 204 ? appended : complete(agent, upload, announced(BFV, bytes)).status();
    }

    private UUID inForce(Token token, Model model) {
        Introspection answer = introspect(token, model);
        assertThat(answer.active()).as(String.valueOf(answer.reason())).isTrue();
        return Objects.requireNonNull(answer.evaluationKey()).id();
    }

    private static EvaluationKey pending(Token token) {
        return Objects.requireNonNull(token.pendingReassignment()).evaluationKey();
    }

    private JsonNode event(UUID token, String type) throws Exception {
        String data = value(
                "select data from outbox where record_key = ? and type = ? order by id desc limit 1",
                token.toString(),
                "dev.keyswitch." + type + ".v1");
        assertThat(data).as(type).isNotNull();
        return Json.mapper().readTree(data);
    }

    private List<String> types(UUID token) {
        String types = value("select string_agg(type, ',' order by id) from outbox where record_key = ?", token.toString());
        return List.of(types.replace("dev.keyswitch.", "").replace(".v1", "").split(","));
    }

    @SuppressWarnings("NullAway") // set before the first test
    private static Model unset() {
        return null;
    }
}
