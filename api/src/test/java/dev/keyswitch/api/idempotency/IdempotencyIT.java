package dev.keyswitch.api.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.ApiServer;
import dev.keyswitch.api.Eventually;
import dev.keyswitch.api.Samples;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.api.TestClient.Answer;
import dev.keyswitch.contract.access.Introspection;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.token.AssignToken;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Token;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One change per Idempotency-Key, and one answer.
class IdempotencyIT extends ApiIT {

    @Test
    void answersTheFirstAnswerAgain() {
        String key = Keys.next();
        Answer first = owner().once(key, "POST", "/v1/tokens", CreateToken.named("once"));

        Answer again = owner().once(key, "POST", "/v1/tokens", CreateToken.named("once"));

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text()).contains("\"value\":\"kst_");
        assertThat(again.header("Content-Type")).isEqualTo(first.header("Content-Type")).startsWith("application/json");
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.header("X-Request-Id")).isNotEqualTo(first.header("X-Request-Id"));
        assertThat(tokensNamed("once")).isEqualTo(1);
    }

    @Test
    void answersAnEmptyAnswerAgain() {
        Token token = Samples.token(owner(), "to be deleted once");
        String key = Keys.next();
        owner().once(key, "DELETE", "/v1/tokens/" + token.id(), "");

        Answer again = owner().once(key, "DELETE", "/v1/tokens/" + token.id(), "");

        assertThat(again.status()).isEqualTo(204);
        assertThat(again.bytes()).isEmpty();
    }

    @Test
    void takesAKeyInQuotesForTheSameKey() {
        String key = Keys.next();
        Answer first = owner().once("\"" + key + "\"", "POST", "/v1/tokens", CreateToken.named("quoted"));

        assertThat(owner().once(key, "POST", "/v1/tokens", CreateToken.named("quoted")).text()).isEqualTo(first.text());
    }

    @Test
    void refusesAKeyThatBelongsToAnotherCall() {
        Token token = Samples.token(owner(), "other call");
        String key = Keys.next();
        owner().once(key, "POST", "/v1/tokens", CreateToken.named("first call")).as(201, Token.class);

        owner().once(key, "POST", "/v1/tokens", CreateToken.named("second call")).problem(422, "idempotency-key-reused");
        owner().once(key, "POST", "/v1/models", CreateToken.named("first call")).problem(422, "idempotency-key-reused");
        String ending = Keys.next();
        String assignment = "/v1/tokens/" + token.id() + "/assignment";
        owner().once(ending, "DELETE", assignment, "").as(200, Token.class);
        owner().once(ending, "DELETE", assignment + "?modelId=" + token.id(), "").problem(422, "idempotency-key-reused");
        owner().once(key, "DELETE", "/v1/tokens/" + token.id(), "").problem(422, "idempotency-key-reused");
        assertThat(tokensNamed("second call")).isZero();
        assertThat(owner().get("/v1/tokens/" + token.id()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "short",
                "0123456789abcdef0123456789abcde",
                "12345678901234567890123456789012345678",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "with a space between the two halves of it",
                "\"\""
            })
    void refusesAKeyThatCouldBeGuessed(String key) {
        Answer answer = owner().once(key, "POST", "/v1/tokens", CreateToken.named("guessable"));

        assertThat(answer.problem(400, "malformed-request").detail()).contains("Idempotency-Key");
        assertThat(tokensNamed("guessable")).isZero();
    }

    @Test
    void refusesTwoKeys() {
        TestClient owner = owner();

        owner.send(owner.request("/v1/tokens")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", Keys.next())
                        .header("Idempotency-Key", Keys.next())
                        .POST(BodyPublishers.ofString("{\"name\":\"two keys\"}")))
                .problem(400, "malformed-request");
    }

    @Test
    void doesOnceWhatManyAskAtOnce() throws Exception {
        for (int round = 0; round < 10; round++) {
            String key = Keys.next();
            CreateToken token = CreateToken.named("crowd " + round);
            List<Answer> answers = atOnce(20, () -> owner().once(key, "POST", "/v1/tokens", token));

            assertThat(tokensNamed("crowd " + round)).isEqualTo(1);
            assertThat(answers).extracting(Answer::status).contains(201).isSubsetOf(201, 409);
            assertThat(answers.stream().filter(answer -> answer.status() == 201).map(Answer::text).distinct()).hasSize(1);
            answers.stream().filter(answer -> answer.status() == 409).forEach(answer -> {
                answer.problem(409, "idempotency-in-progress");
                assertThat(answer.header("Retry-After")).isEqualTo("1");
            });
        }
    }

    @Test
    void keepsARefusalToo() {
        UUID first = Samples.model(owner(), "refusal 1").id();
        UUID second = Samples.model(owner(), "refusal 2").id();
        Token token = Samples.token(owner(), "refused");
        Samples.assign(owner(), token.id(), first);
        String path = "/v1/tokens/" + token.id() + "/assignment";
        String key = Keys.next();
        Answer refused = owner().once(key, "PUT", path, new AssignToken(second, null, null));
        refused.problem(409, "token-already-assigned");
        owner().delete(path).as(200, Token.class);

        Answer again = owner().once(key, "PUT", path, new AssignToken(second, null, null));

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text()).isEqualTo(refused.text());
        owner().once(Keys.next(), "PUT", path, new AssignToken(second, null, null)).as(200, Token.class);
    }

    @Test
    void leavesNothingOfARefusedCall() {
        long audit = this.<Long>value("select count(*) from audit");
        long outbox = this.<Long>value("select count(*) from outbox");

        owner().once(Keys.next(), "POST", "/v1/tokens", new CreateToken("half", null, null, null, UUID.randomUUID(), null, null)).problem(404, "not-found");

        assertThat(tokensNamed("half")).isZero();
        assertThat(this.<Long>value("select count(*) from audit")).isEqualTo(audit);
        assertThat(this.<Long>value("select count(*) from outbox")).isEqualTo(outbox);
    }

    @Test
    void doesNotKeepThatACallerMayNotDoIt() {
        String key = Keys.next();
        long before = kept();

        with(Samples.credential(owner(), Role.VIEWER, null))
                .once(key, "POST", "/v1/tokens", CreateToken.named("viewer's"))
                .problem(403, "forbidden");
        owner().once(key, "POST", "/v1/tokens", "{\"name\":").problem(400, "malformed-request");

        assertThat(kept()).isEqualTo(before);
    }

    @Test
    void keepsTheKeysOfTwoCredentialsApart() {
        String key = Keys.next();
        TestClient operator = with(Samples.credential(owner(), Role.OPERATOR, null));

        Token ours = owner().once(key, "POST", "/v1/tokens", CreateToken.named("same key")).as(201, Token.class);
        Token theirs = operator.once(key, "POST", "/v1/tokens", CreateToken.named("same key")).as(201, Token.class);

        assertThat(theirs.id()).isNotEqualTo(ours.id());
    }

    @Test
    void keepsNeitherTheKeyNorAReadableAnswer() {
        String key = Keys.next();
        Token token = owner().once(key, "POST", "/v1/tokens", CreateToken.named("secretive")).as(201, Token.class);

        String rows = value("select string_agg(encode(key_hash || fingerprint || answer, 'hex'), ' ') from kept_answer");

        assertThat(rows)
                .doesNotContain(hex(key))
                .doesNotContain(hex(String.valueOf(token.value())))
                .doesNotContain(hex(token.id().toString()))
                .doesNotContain(hex("secretive"));
    }

    @Test
    void forgetsAfterADay() {
        String key = Keys.next();
        Token first = owner().once(key, "POST", "/v1/tokens", CreateToken.named("daily")).as(201, Token.class);
        execute("update kept_answer set kept_at = now() - interval '25 hours'");

        Token second = owner().once(key, "POST", "/v1/tokens", CreateToken.named("daily")).as(201, Token.class);

        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(owner().once(key, "POST", "/v1/tokens", CreateToken.named("daily")).as(201, Token.class).id()).isEqualTo(second.id());
    }

    @Test
    void deletesWhatIsOlderThanADay() {
        owner().once(Keys.next(), "POST", "/v1/tokens", CreateToken.named("old")).as(201, Token.class);
        execute("update kept_answer set kept_at = now() - interval '25 hours'");
        owner().once(Keys.next(), "POST", "/v1/tokens", CreateToken.named("young")).as(201, Token.class);

        // A node sweeps when it starts.
        try (ApiServer another = ApiServer.start(configuration())) {
            Eventually.holds(() -> kept() == 1);
            assertThat(another.uri()).isNotNull();
        }
    }

    @Test
    void answersAQuestionAnewEachTime() {
        UUID model = Samples.model(owner(), "asked").id();
        Token token = Samples.token(owner(), "asked about");
        String key = Keys.next();
        assertThat(asked(key, token, model).reason()).isEqualTo(Introspection.Reason.TOKEN_UNASSIGNED);
        Samples.assign(owner(), token.id(), model);

        assertThat(asked(key, token, model).reason()).isEqualTo(Introspection.Reason.EVALUATION_KEY_NOT_READY);
    }

    private Introspection asked(String key, Token token, UUID model) {
        return owner().send(owner().request("/v1/introspect")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString("token=" + token.value() + "&model_id=" + model)))
                .as(200, Introspection.class);
    }

    private static List<Answer> atOnce(int times, Callable<Answer> call) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(IntStream.range(0, times).mapToObj(i -> call).toList()).stream()
                    .map(Future::resultNow)
                    .toList();
        }
    }

    private long tokensNamed(String name) {
        return this.<Long>value("select count(*) from token where name = ?", name);
    }

    private long kept() {
        return this.<Long>value("select count(*) from kept_answer");
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
