package dev.keyswitch.api.evaluationkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyswitch.api.TestClient.Answer;
import dev.keyswitch.api.http.Json;
import dev.keyswitch.contract.access.Introspection.Reason;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.AssignToken;
import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.ChangeToken;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.contract.token.RollToken;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.token.TokenStatus;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a token between its creation and its end, and of its keys.
class TokenLifecycleIT extends AssignedKeyIT {

    private Model a = unset();
    private Model b = unset();

    @BeforeAll
    void registerModels() {
        a = model(EncryptionProfile.bfv(4096, 20, 36, 36, 37));
        b = model(EncryptionProfile.bfv(4096, 20, 36, 36, 37));
    }

    @Test
    void changesWhatIsSaidAboutATokenAndLeavesTheRest() {
        Token token = ready("to be changed");
        Instant later = Instant.now().plus(Duration.ofDays(90)).truncatedTo(ChronoUnit.MICROS);

        Token changed = patch(token, ChangeToken.nothing().name(" Grace ").note("night shift").expiresAt(later)).as(200, Token.class);

        assertThat(changed.name()).isEqualTo("Grace");
        assertThat(changed.note()).isEqualTo("night shift");
        assertThat(changed.expiresAt()).isEqualTo(later);
        assertThat(changed.evaluationKey()).isEqualTo(token.evaluationKey());
        assertThat(changed.generation()).isEqualTo(token.generation());
        assertThat(read(token)).isEqualTo(changed);
        assertThat(types(token)).endsWith("token.updated");
        assertThat(patch(token, ChangeToken.nothing().name("Grace")).as(200, Token.class)).isEqualTo(changed);
        assertThat(introspect(token, a).active()).isTrue();
        assertThat(this.<Long>value("select count(*) from audit where token_id = ? and action = 'token.changed'", token.id())).isEqualTo(1);
        assertThat(raw(token, "{\"note\":null}").as(200, Token.class).note()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\":null} | /name",
                "{\"name\":\"\"} | /name",
                "{\"status\":null} | /status",
                "{\"status\":\"EXPIRED\"} | /status",
                "{\"expiresAt\":null} | /expiresAt",
                "{\"expiresAt\":\"2001-01-01T00:00:00Z\"} | /expiresAt",
                "{\"expiresAt\":\"2999-01-01T00:00:00Z\"} | /expiresAt",
                "{\"custody\":null} | /custody",
                "{\"holderId\":null} | /holderId",
                "{\"modelId\":null} | /modelId",
                "{\"value\":\"kst_x\"} | /value",
                "{\"note\":7} | /note"
            })
    void refusesWhatCannotBeSaid(String body, String pointer) {
        Token token = token("stubborn");

        assertThat(raw(token, body).problem(422, "invalid-fields").errors()).singleElement().satisfies(error -> assertThat(error.pointer()).isEqualTo(pointer));

        assertThat(read(token)).isEqualTo(token.withValue(null));
    }

    @Test
    void pausesAndResumesWithTheSameKey() {
        Token token = ready("paused");

        Token paused = patch(token, ChangeToken.nothing().status(TokenStatus.SUSPENDED)).as(200, Token.class);

        assertThat(paused.status()).isEqualTo(TokenStatus.SUSPENDED);
        assertThat(introspect(token, a).reason()).isEqualTo(Reason.TOKEN_SUSPENDED);
        assertThat(patch(token, ChangeToken.nothing().status(TokenStatus.ACTIVE)).as(200, Token.class).evaluationKey()).isEqualTo(token.evaluationKey());
        assertThat(introspect(token, a).active()).isTrue();
        assertThat(types(token)).endsWith("token.status-changed", "token.status-changed");
    }

    @Test
    void cancelingRevokesTheKeyAndReinstatingAsksForANewOne() {
        Token token = ready("canceled");
        EvaluationKey pending = Objects.requireNonNull(assign(token, b, AssignmentMode.WHEN_READY).pendingReassignment()).evaluationKey();

        Token canceled = patch(token, ChangeToken.nothing().status(TokenStatus.CANCELED)).as(200, Token.class);

        assertThat(canceled.modelId()).isEqualTo(a.id());
        assertThat(canceled.activeGeneration()).isNull();
        assertThat(canceled.pendingReassignment()).isNull();
        assertThat(Objects.requireNonNull(canceled.evaluationKey()).state()).isEqualTo(EvaluationKeyState.REVOKED);
        assertThat(read(pending.id()).state()).isEqualTo(EvaluationKeyState.REVOKED);
        assertThat(introspect(token, a).reason()).isEqualTo(Reason.TOKEN_CANCELED);
        patch(token, ChangeToken.nothing().status(TokenStatus.SUSPENDED)).problem(409, "conflict");
        owner().put("/v1/tokens/" + token.id() + "/assignment", new AssignToken(b.id(), true, null)).problem(409, "token-not-usable");
        owner().post("/v1/tokens/" + token.id() + "/roll", new RollToken(0)).problem(409, "token-not-usable");

        Token reinstated = patch(token, ChangeToken.nothing().status(TokenStatus.ACTIVE)).as(200, Token.class);

        EvaluationKey next = Objects.requireNonNull(reinstated.evaluationKey());
        assertThat(next.state()).isEqualTo(EvaluationKeyState.REQUESTED);
        assertThat(next.generation()).isEqualTo(canceled.generation() + 1);
        assertThat(introspect(token, a).reason()).isEqualTo(Reason.EVALUATION_KEY_NOT_READY);
        assertThat(types(token)).endsWith("token.status-changed", "evaluation-key.requested");
        make(next);
        assertThat(introspect(token, a).active()).isTrue();
    }

    @Test
    void canceledTokensWithoutAModelComeBackWithoutAKey() {
        Token token = token("free");

        patch(token, ChangeToken.nothing().status(TokenStatus.CANCELED)).as(200, Token.class);
        Token back = patch(token, ChangeToken.nothing().status(TokenStatus.ACTIVE)).as(200, Token.class);

        assertThat(back).isEqualTo(token.withValue(null));
    }

    @Test
    void givesAModelToAnUnassignedTokenAndToNoOther() {
        Token token = token("edit window");

        Token assigned = patch(token, ChangeToken.nothing().name("with a model").modelId(a.id())).as(200, Token.class);

        assertThat(assigned.modelId()).isEqualTo(a.id());
        assertThat(assigned.name()).isEqualTo("with a model");
        assertThat(patch(token, ChangeToken.nothing().modelId(a.id())).as(200, Token.class)).isEqualTo(assigned);
        var problem = patch(token, ChangeToken.nothing().name("half").modelId(b.id())).problem(409, "token-already-assigned");
        assertThat(problem.facts()).containsEntry("currentModelId", a.id().toString());
        assertThat(read(token)).isEqualTo(assigned);
    }

    @Test
    void anotherKeyHolderIsAskedForAnotherKey() {
        Token token = ready("handed over");
        UUID other = newHolder("e".repeat(64));

        Token changed = patch(token, ChangeToken.nothing().holderId(other)).as(200, Token.class);

        EvaluationKey wanted = Objects.requireNonNull(changed.evaluationKey());
        assertThat(wanted.holderId()).isEqualTo(other);
        assertThat(wanted.state()).isEqualTo(EvaluationKeyState.REQUESTED);
        assertThat(read(Objects.requireNonNull(token.evaluationKey()).id()).state()).isEqualTo(EvaluationKeyState.SUPERSEDED);
        patch(token, ChangeToken.nothing().holderId(UUID.randomUUID())).problem(404, "not-found");
    }

    @Test
    void custodyDecidesWhoIsAskedForAKeyThatNobodyHasBegun() {
        Token token = token("by hand");
        EvaluationKey key = Objects.requireNonNull(assign(token, a, false).evaluationKey());

        patch(token, ChangeToken.nothing().custody(Custody.HOLDER)).as(200, Token.class);
        assertThat(this.<String>value("select custody from evaluation_key where id = ?", key.id())).isEqualTo("HOLDER");

        patch(token, ChangeToken.nothing().custody(Custody.AGENT)).as(200, Token.class);
        assertThat(this.<String>value("select custody from evaluation_key where id = ?", key.id())).isEqualTo("AGENT");
        assertThat(types(token)).endsWith("token.updated", "evaluation-key.requested");
    }

    @Test
    void rollsToANewValueWhileTheOldOneWorksWithinItsGrace() {
        Token token = ready("rolled");

        Token rolled = owner().post("/v1/tokens/" + token.id() + "/roll", new RollToken(3600)).as(200, Token.class);

        assertThat(rolled.value()).isNotEqualTo(token.value()).endsWith(rolled.valueHint());
        assertThat(rolled.evaluationKey()).isEqualTo(token.evaluationKey());
        assertThat(introspect(token, a).active()).isTrue();
        assertThat(introspect(rolled, a).active()).isTrue();
        assertThat(types(token)).endsWith("token.rolled");

        execute("update token set previous_value_until = now() where id = ?", token.id());
        assertThat(introspect(token, a).tokenId()).isNull();
        assertThat(introspect(rolled, a).active()).isTrue();

        Token again = owner().post("/v1/tokens/" + token.id() + "/roll", "{}").as(200, Token.class);
        assertThat(introspect(rolled, a).tokenId()).isNull();
        assertThat(introspect(again, a).active()).isTrue();
        owner().post("/v1/tokens/" + token.id() + "/roll", new RollToken(-1)).problem(422, "invalid-fields");
        owner().post("/v1/tokens/" + token.id() + "/roll", new RollToken(2_592_001)).problem(422, "invalid-fields");
        assertThat(this.<String>value("select string_agg(coalesce(before::text, '') || after::text, '') from audit where token_id = ?", token.id()))
                .doesNotContain(String.valueOf(rolled.value()), String.valueOf(again.value()));
    }

    @Test
    void deletingKillsBothValues() {
        Token token = ready("gone");
        Token rolled = owner().post("/v1/tokens/" + token.id() + "/roll", new RollToken(3600)).as(200, Token.class);

        assertThat(owner().delete("/v1/tokens/" + token.id()).status()).isEqualTo(204);

        assertThat(introspect(token, a).tokenId()).isNull();
        assertThat(introspect(rolled, a).tokenId()).isNull();
        assertThat(read(Objects.requireNonNull(token.evaluationKey()).id()).state()).isEqualTo(EvaluationKeyState.REVOKED);
    }

    @Test
    void theTagRisesWithWhatPeopleChangeAndNotWithTheKeysProgress() {
        Token token = token("tagged");
        Token assigned = assign(token, a, false);
        String tag = tag(token);

        make(Objects.requireNonNull(assigned.evaluationKey()));
        introspect(token, a);
        assertThat(tag(token)).isEqualTo(tag);

        Answer changed = conditional("PATCH", token, "", tag, "{\"name\":\"tagged twice\"}");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isNotEqualTo(tag).isEqualTo(tag(token));
        for (String path : List.of("", "/assignment", "/roll")) {
            String method = switch (path) {
                case "" -> "PATCH";
                case "/roll" -> "POST";
                default -> "PUT";
            };
            String body = path.equals("/assignment") ? "{\"modelId\":\"" + b.id() + "\",\"reassign\":true}" : "{}";
            conditional(method, token, path, tag, body)
                    .problem(412, "precondition-failed");
        }
        conditional("DELETE", token, "/assignment", tag, "").problem(412, "precondition-failed");
        conditional("DELETE", token, "", tag, "").problem(412, "precondition-failed");
        conditional("PATCH", token, "", "W/" + changed.header("ETag"), "{}").problem(412, "precondition-failed");
        conditional("PATCH", token, "", "nonsense", "{}").problem(400, "malformed-request");
        assertThat(conditional("PATCH", token, "", "\"x\", " + changed.header("ETag"), "{}").status()).isEqualTo(200);
        assertThat(conditional("PATCH", token, "", "*", "{}").status()).isEqualTo(200);
        assertThat(conditional("DELETE", token, "/assignment", changed.header("ETag"), "").status()).isEqualTo(200);
    }

    @Test
    void letsExactlyOneOfTwoPeopleChangeWhatBothHaveRead() throws Exception {
        try (ExecutorService people = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < 40; round++) {
                Token token = token("read by two " + round);
                String tag = tag(token);
                CyclicBarrier start = new CyclicBarrier(2);
                List<Callable<Integer>> both = new ArrayList<>();
                for (String name : List.of("one", "two")) {
                    both.add(() -> {
                        start.await();
                        return conditional("PATCH", token, "", tag, "{\"name\":\"" + name + "\"}").status();
                    });
                }

                List<Integer> statuses = people.invokeAll(both).stream().map(Future::resultNow).toList();

                assertThat(statuses).containsExactlyInAnyOrder(200, 412);
                assertThat(read(token).name()).isEqualTo(statuses.getFirst() == 200 ? "one" : "two");
            }
        }
    }

    @Test
    void takesTheMediaTypeOfMergePatches() {
        Token token = token("media");

        Answer answer = owner().send(owner().request("/v1/tokens/" + token.id())
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString("{\"name\":\"medium\"}")));

        assertThat(answer.as(200, Token.class).name()).isEqualTo("medium");
    }

    private Token ready(String name) {
        Token token = token(name);
        make(Objects.requireNonNull(assign(token, a, false).evaluationKey()));
        return read(token).withValue(token.value());
    }

    private Answer patch(Token token, ChangeToken change) {
        ObjectNode body = Json.mapper().valueToTree(change);
        body.properties().removeIf(field -> field.getValue().isNull());
        return owner().patch("/v1/tokens/" + token.id(), body);
    }

    private Answer raw(Token token, String body) {
        return owner().patch("/v1/tokens/" + token.id(), body);
    }

    private String tag(Token token) {
        return owner().get("/v1/tokens/" + token.id()).header("ETag");
    }

    private Answer conditional(String method, Token token, String path, String tag, String body) {
        return owner().send(owner().request("/v1/tokens/" + token.id() + path)
                .header("If-Match", tag)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    private List<String> types(Token token) {
        String types = value("select string_agg(type, ',' order by id) from outbox where record_key = ?", token.id().toString());
        return List.of(types.replace("dev.keyswitch.", "").replace(".v1", "").split(","));
    }

    @SuppressWarnings("NullAway") // set before the first test
    private static Model unset() {
        return null;
    }
}
