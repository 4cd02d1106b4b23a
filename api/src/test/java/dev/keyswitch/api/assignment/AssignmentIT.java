package dev.keyswitch.api.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.Samples;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.token.AssignToken;
import dev.keyswitch.contract.token.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentIT extends ApiIT {

    private UUID modelA = new UUID(0, 0);
    private UUID modelB = new UUID(0, 0);

    @BeforeAll
    void registerModels() {
        modelA = Samples.model(owner(), "model A").id();
        modelB = Samples.model(owner(), "model B").id();
    }

    @Test
    void assignsAnUnassignedTokenAndAsksForItsKey() throws Exception {
        Token token = Samples.token(owner(), "first");

        Token assigned = Samples.assign(owner(), token.id(), modelA);

        assertThat(assigned.modelId()).isEqualTo(modelA);
        assertThat(assigned.modelName()).isEqualTo("model A");
        assertThat(assigned.generation()).isEqualTo(1);
        assertThat(assigned.activeGeneration()).isNull();
        assertThat(assigned.evaluationKey()).isNotNull();
        assertThat(assigned.evaluationKey().state()).isEqualTo(EvaluationKeyState.REQUESTED);
        assertThat(assigned.evaluationKey().generation()).isEqualTo(1);
        assertThat(owner().get("/v1/tokens/" + token.id()).as(200, Token.class)).isEqualTo(assigned);
        JsonNode job = event(token.id(), "token.assigned");
        assertThat(job.path("tokenId").asText()).isEqualTo(token.id().toString());
        assertThat(job.path("modelId").asText()).isEqualTo(modelA.toString());
        assertThat(job.path("previousModelId").isNull()).isTrue();
        assertThat(job.path("generation").asLong()).isEqualTo(1);
        assertThat(job.path("evaluationKeyId").asText()).isEqualTo(assigned.evaluationKey().id().toString());
        assertThat(job.path("profileDigest").asText()).hasSize(64);
        assertThat(job.path("cause").asText()).isEqualTo("ASSIGNED");
        assertThat(audit(token.id())).containsExactly("token.created", "token.assigned");
    }

    @Test
    void refusesATokenThatIsAssignedElsewhereAndNamesTheModel() {
        Token token = Samples.token(owner(), "taken");
        Samples.assign(owner(), token.id(), modelA);

        var problem = owner().put("/v1/tokens/" + token.id() + "/assignment", new AssignToken(modelB, false, null))
                .problem(409, "token-already-assigned");

        assertThat(problem.facts())
                .containsEntry("currentModelId", modelA.toString())
                .containsEntry("currentModelName", "model A");
        assertThat(problem.detail()).contains("model A");
        assertThat(owner().get("/v1/tokens/" + token.id()).as(200, Token.class).modelId()).isEqualTo(modelA);
        assertThat(audit(token.id())).containsExactly("token.created", "token.assigned");
    }

    @Test
    void changesNothingWhenTheTokenHasTheModelAlready() {
        Token token = Samples.token(owner(), "again");
        Token assigned = Samples.assign(owner(), token.id(), modelA);
        long events = this.<Long>value("select count(*) from outbox where record_key = ?", token.id().toString());

        assertThat(Samples.assign(owner(), token.id(), modelA)).isEqualTo(assigned);
        assertThat(Samples.reassign(owner(), token.id(), modelA)).isEqualTo(assigned);

        assertThat(this.<Long>value("select count(*) from outbox where record_key = ?", token.id().toString())).isEqualTo(events);
    }

    @Test
    void movesATokenAndReplacesItsKey() throws Exception {
        Token token = Samples.token(owner(), "moved");
        Token before = Samples.assign(owner(), token.id(), modelA);

        Token moved = Samples.reassign(owner(), token.id(), modelB);

        assertThat(moved.modelId()).isEqualTo(modelB);
        assertThat(moved.generation()).isEqualTo(2);
        assertThat(moved.evaluationKey().id()).isNotEqualTo(before.evaluationKey().id());
        assertThat(this.<String>value("select state from evaluation_key where id = ?", before.evaluationKey().id()))
                .isEqualTo("SUPERSEDED");
        JsonNode job = event(token.id(), "token.reassigned");
        assertThat(job.path("previousModelId").asText()).isEqualTo(modelA.toString());
        assertThat(job.path("modelId").asText()).isEqualTo(modelB.toString());
        assertThat(job.path("mode").asText()).isEqualTo("IMMEDIATE");
        assertThat(audit(token.id()))
                .containsExactly("token.created", "token.assigned", "evaluation-key.superseded", "token.reassigned");
        assertThat(Samples.reassign(owner(), token.id(), modelA).generation()).isEqualTo(3);
    }

    @Test
    void assignsAnUnassignedTokenAlsoWhenAMoveWasAskedFor() {
        Token token = Samples.token(owner(), "move from nowhere");

        assertThat(Samples.reassign(owner(), token.id(), modelA).modelId()).isEqualTo(modelA);
    }

    @Test
    void removesAnAssignmentAndRevokesTheKey() throws Exception {
        Token token = Samples.token(owner(), "removed");
        Token assigned = Samples.assign(owner(), token.id(), modelA);

        Token removed = owner().delete("/v1/tokens/" + token.id() + "/assignment?modelId=" + modelA).as(200, Token.class);

        assertThat(removed.modelId()).isNull();
        assertThat(removed.evaluationKey()).isNull();
        assertThat(removed.generation()).isEqualTo(2);
        assertThat(this.<String>value("select state from evaluation_key where id = ?", assigned.evaluationKey().id()))
                .isEqualTo("REVOKED");
        assertThat(event(token.id(), "token.unassigned").path("previousModelId").asText()).isEqualTo(modelA.toString());
        assertThat(owner().delete("/v1/tokens/" + token.id() + "/assignment").as(200, Token.class)).isEqualTo(removed);
        assertThat(owner().delete("/v1/tokens/" + token.id() + "/assignment?modelId=" + modelB).as(200, Token.class)).isEqualTo(removed);
        assertThat(Samples.assign(owner(), token.id(), modelB).generation()).isEqualTo(3);
    }

    @Test
    void doesNotRemoveANewerAssignmentThanTheCallerKnows() {
        Token token = Samples.token(owner(), "guarded");
        Samples.assign(owner(), token.id(), modelA);
        Samples.reassign(owner(), token.id(), modelB);

        var problem = owner().delete("/v1/tokens/" + token.id() + "/assignment?modelId=" + modelA)
                .problem(409, "token-not-assigned-there");

        assertThat(problem.facts()).containsEntry("currentModelName", "model B");
        assertThat(owner().get("/v1/tokens/" + token.id()).as(200, Token.class).modelId()).isEqualTo(modelB);
    }

    @Test
    void tellsTheHistoryNewestFirstPageByPage() {
        Token token = Samples.token(owner(), "historic");
        Samples.assign(owner(), token.id(), modelA);
        Samples.reassign(owner(), token.id(), modelB);
        owner().delete("/v1/tokens/" + token.id() + "/assignment");
        Samples.assign(owner(), token.id(), modelA);

        JsonNode first = owner().get("/v1/tokens/" + token.id() + "/assignments?limit=2").json();
        JsonNode second = owner().get("/v1/tokens/" + token.id() + "/assignments?limit=2&cursor="
                        + first.path("nextCursor").asText())
                .json();

        assertThat(first.findValuesAsText("modelName")).containsExactly("model A", "model B");
        assertThat(first.at("/items/0/endedAt").isNull()).isTrue();
        assertThat(first.at("/items/1/endedBecause").asText()).isEqualTo("UNASSIGNED");
        assertThat(second.findValuesAsText("modelName")).containsExactly("model A");
        assertThat(second.at("/items/0/endedBecause").asText()).isEqualTo("REASSIGNED");
        assertThat(second.path("nextCursor").isNull()).isTrue();
    }

    @Test
    void refusesCanceledAndExpiredTokens() {
        Token canceled = Samples.token(owner(), "canceled");
        execute("update token set status = 'CANCELED' where id = ?", canceled.id());
        Token expired = Samples.token(owner(), "expired");
        execute("update token set expires_at = now() where id = ?", expired.id());

        for (Token token : List.of(canceled, expired)) {
            owner().put("/v1/tokens/" + token.id() + "/assignment", new AssignToken(modelA, null, null))
                    .problem(409, "token-not-usable");
            assertThat(owner().get("/v1/tokens/" + token.id()).as(200, Token.class).generation()).isZero();
        }
    }

    @Test
    void knowsNothingOfUnknownTokensAndModels() {
        Token token = Samples.token(owner(), "lonely");

        owner().put("/v1/tokens/" + UUID.randomUUID() + "/assignment", new AssignToken(modelA, null, null))
                .problem(404, "not-found");
        owner().put("/v1/tokens/" + token.id() + "/assignment", new AssignToken(UUID.randomUUID(), null, null))
                .problem(404, "not-found");
        Samples.assign(owner(), token.id(), modelA);
        owner().put("/v1/tokens/" + token.id() + "/assignment", new AssignToken(UUID.randomUUID(), true, null))
                .problem(404, "not-found");
        owner().delete("/v1/tokens/" + UUID.randomUUID() + "/assignment").problem(404, "not-found");
        owner().get("/v1/tokens/" + UUID.randomUUID() + "/assignments").problem(404, "not-found");
        assertThat(owner().get("/v1/tokens/" + token.id()).as(200, Token.class).modelId()).isEqualTo(modelA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"modelId\":null}",
                "{\"modelId\":\"x\"}",
                "{\"modelId\":7}",
                "{\"modelId\":\"0190163d-8694-739b-aea5-966c26f8ad91\",\"reassign\":\"true\"}",
                "{\"modelId\":\"0190163d-8694-739b-aea5-966c26f8ad91\",\"reassign\":1}",
                "{\"modelId\":\"0190163d-8694-739b-aea5-966c26f8ad91\",\"mode\":\"LATER\"}",
                "{\"modelId\":\"0190163d-8694-739b-aea5-966c26f8ad91\",\"force\":true}"
            })
    void refusesABadBody(String body) {
        Token token = Samples.token(owner(), "bad body");

        assertThat(owner().put("/v1/tokens/" + token.id() + "/assignment", body)
                        .problem(422, "invalid-fields")
                        .errors())
                .hasSize(1);
    }

    /// The promise of the whole system: never two models, and never a caller who believes in the other one.
    @Test
    void letsExactlyOneOfTwoCallersAssignAToken() throws Exception {
        TestClient first = owner();
        TestClient second = owner();
        try (ExecutorService callers = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 200; round++) {
                UUID token = Samples.token(owner(), "contested " + round).id();
                CyclicBarrier start = new CyclicBarrier(2);

                List<Integer> statuses = callers
                        .invokeAll(List.of(assigning(first, token, modelA, start), assigning(second, token, modelB, start)))
                        .stream()
                        .map(Future::resultNow)
                        .toList();

                assertThat(statuses).as("round " + round).containsExactlyInAnyOrder(200, 409);
                Token after = owner().get("/v1/tokens/" + token).as(200, Token.class);
                assertThat(after.modelId()).isEqualTo(statuses.getFirst() == 200 ? modelA : modelB);
                assertThat(after.generation()).isEqualTo(1);
                assertThat(this.<Long>value("select count(*) from assignment where token_id = ?", token)).isEqualTo(1);
                assertThat(this.<Long>value("select count(*) from evaluation_key where token_id = ?", token)).isEqualTo(1);
            }
        }
    }

    private static Callable<Integer> assigning(TestClient client, UUID token, UUID model, CyclicBarrier start) {
        return () -> {
            start.await();
            return client.put("/v1/tokens/" + token + "/assignment", new AssignToken(model, false, null)).status();
        };
    }

    /// Moves, removals and deletions of models against each other: whatever wins, no deadlock, no 5xx, and a history without gaps.
    @Test
    void staysConsistentUnderMovesRemovalsAndDeletionsAtOnce() throws Exception {
        List<UUID> tokens = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tokens.add(Samples.token(owner(), "busy " + i).id());
        }
        List<UUID> models = new ArrayList<>(List.of(modelA, modelB));
        for (int i = 0; i < 3; i++) {
            models.add(Samples.model(owner(), "doomed " + i).id());
        }
        List<Callable<Set<Integer>>> work = new ArrayList<>();
        for (int caller = 0; caller < 6; caller++) {
            java.util.Random random = new java.util.Random(caller);
            work.add(() -> {
                Set<Integer> seen = new TreeSet<>();
                for (int i = 0; i < 60; i++) {
                    UUID token = tokens.get(random.nextInt(tokens.size()));
                    UUID model = models.get(random.nextInt(models.size()));
                    seen.add(switch (random.nextInt(6)) {
                        case 0 -> owner().delete("/v1/tokens/" + token + "/assignment").status();
                        case 1 -> owner().put("/v1/tokens/" + token + "/assignment", new AssignToken(model, false, null)).status();
                        case 2 -> model.equals(modelA) || model.equals(modelB) ? 204 : owner().delete("/v1/models/" + model).status();
                        default -> owner().put("/v1/tokens/" + token + "/assignment", new AssignToken(model, true, null)).status();
                    });
                }
                return seen;
            });
        }

        Set<Integer> statuses = new TreeSet<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(work.size())) {
            callers.invokeAll(work).forEach(done -> statuses.addAll(done.resultNow()));
        }

        assertThat(statuses).isSubsetOf(200, 204, 404, 409);
        assertThat(this.<Long>value("""
                select count(*) from token t left join model m on m.id = t.model_id
                where t.model_id is not null and m.deleted_at is not null
                """)).isZero();
        for (UUID token : tokens) {
            assertThat(this.<Long>value("""
                    select count(*) from assignment a, token t where t.id = ? and a.token_id = t.id and a.ended_at is null
                        and (t.model_id is null or a.model_id <> t.model_id)
                    """, token)).isZero();
            assertThat(this.<Long>value("""
                    select count(*) from evaluation_key k join token t on t.id = k.token_id
                    where t.id = ? and k.state not in ('SUPERSEDED', 'REVOKED') and k.generation <> t.generation
                    """, token)).isZero();
        }
    }

    private JsonNode event(UUID token, String type) throws Exception {
        String data = value(
                "select data from outbox where record_key = ? and type = ? order by id desc limit 1",
                token.toString(),
                "dev.keyswitch." + type + ".v1");
        assertThat(data).as(type).isNotNull();
        return new ObjectMapper().readTree(data);
    }

    private List<String> audit(UUID token) {
        String actions = value("select string_agg(action, ',' order by id) from audit where token_id = ?", token);
        return List.of(actions.split(","));
    }
}
