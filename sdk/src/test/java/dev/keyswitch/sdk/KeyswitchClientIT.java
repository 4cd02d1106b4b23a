package dev.keyswitch.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.problem.FieldError;
import dev.keyswitch.contract.problem.ProblemCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyswitchClientIT {
    private static final String SECRET = "ksm_thisIsTheSecretOfTheTest";

    private final List<Duration> pauses = new ArrayList<>();
    private final Peer peer = new Peer();
    private final KeyswitchClient client = builder(peer.url()).build();

    private KeyswitchClient.Builder builder(URI url) {
        return KeyswitchClient.builder().url(url).credential(SECRET + "\n").sleeper(pauses::add);
    }

    @AfterEach
    void stop() {
        client.close();
        peer.close();
    }

    @Test
    void triesAgainAfterAServiceThatIsNotReady() {
        peer.on(
                "GET /v1/models/" + Samples.MODEL,
                Peer.status(503, Map.of("Retry-After", "2")),
                Peer.json(200, Samples.model("triage")));

        Model model = client.models().get(Samples.MODEL);

        assertThat(model.name()).isEqualTo("triage");
        assertThat(pauses).containsExactly(Duration.ofSeconds(2));
        assertThat(peer.received()).hasSize(2).allSatisfy(request -> {
            assertThat(request.header("Authorization")).isEqualTo("Bearer " + SECRET);
            assertThat(request.header("X-Request-Id"))
                    .isEqualTo(peer.received().getFirst().header("X-Request-Id"));
        });
    }

    @Test
    void carriesTheWholeProblemInTheException() {
        peer.on("PUT /v1/tokens/" + Samples.TOKEN + "/assignment", Peer.problem(409, """
            {"type":"https://keyswitch.dev/problems/token-already-assigned","title":"t","status":409,
            "detail":"The token is assigned to triage","code":"token-already-assigned","requestId":"r-7",
            "errors":[{"pointer":"/modelId","detail":"another"}],"currentModelName":"triage","new":{"a":null}}\
            """));

        assertThatThrownBy(() -> client.assignTokenToModel(Samples.TOKEN, Samples.MODEL))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.status()).isEqualTo(409);
                    assertThat(e.is(ProblemCode.TOKEN_ALREADY_ASSIGNED)).isTrue();
                    assertThat(e.problem().facts()).containsEntry("currentModelName", "triage");
                    assertThat(e.problem().errors()).containsExactly(new FieldError("/modelId", "another"));
                    assertThat(e.requestId()).isNotEmpty();
                })
                .hasMessage("The token is assigned to triage");
    }

    @Test
    void takesTheRequestIdOfTheAnswer() {
        peer.on("GET /v1/whoami", Peer.status(401, Map.of("X-Request-Id", "from-the-server")));

        assertThatThrownBy(client::whoami)
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.requestId()).isEqualTo("from-the-server"));
    }

    @Test
    void knowsARefusalOfAProxyFromOurs() {
        peer.on("GET /v1/whoami", Peer.bytes(404, "<html>".getBytes(), Map.of("Content-Type", "text/html")));

        assertThatThrownBy(client::whoami)
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.code()).isEmpty();
                    assertThat(e.status()).isEqualTo(404);
                })
                .hasMessage("The server answered with status 404");
    }

    @Test
    void survivesAProblemCodeItDoesNotKnow() {
        peer.on(
                "GET /v1/whoami",
                Peer.problem(409, "{\"status\":409,\"code\":\"from-the-future\",\"detail\":\"No.\",\"extra\":null}"));

        assertThatThrownBy(client::whoami)
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.code()).isEmpty();
                    assertThat(e.problem().code()).isEqualTo("from-the-future");
                })
                .hasMessage("No.");
    }

    @Test
    void saysThatAnAnswerIsNotWhatItExpects() {
        peer.on("GET /v1/whoami", Peer.json(200, "{\"credentialId\":\"kst_valueThatMustNotShow\"}"));

        assertThatThrownBy(client::whoami)
                .isInstanceOf(UnexpectedAnswerException.class)
                .hasMessageStartingWith("The answer cannot be read as Whoami");
    }

    @Test
    void sendsACreationAgainUnderTheSameKeyWhenTheAnswerIsLost() {
        peer.on("POST /v1/models", Peer.cutAfterReading(5), Peer.cutAfterReading(1_000_000), Peer.json(201, Samples.model("triage")));

        client.models().create(new CreateModel("triage", null, null));
        client.models().create(new CreateModel("triage", null, null));

        List<String> keys = peer.received().stream().map(r -> r.header("Idempotency-Key")).toList();
        assertThat(keys).hasSize(4).allSatisfy(key -> assertThat(key).hasSizeGreaterThanOrEqualTo(22));
        assertThat(keys.subList(0, 3)).containsOnly(keys.getFirst());
        assertThat(keys.getLast()).isNotEqualTo(keys.getFirst());
    }

    @Test
    void sendsNoKeyWithAQuestion() {
        peer.on("POST /v1/introspect", Peer.json(200, "{\"active\":false,\"reason\":null}"));
        peer.on("GET /v1/whoami", Peer.json(200, "{\"credentialId\":\"kst_valueThatMustNotShow\"}"));

        client.introspect("kst_x", UUID.randomUUID());
        assertThatThrownBy(client::whoami).isInstanceOf(UnexpectedAnswerException.class);

        assertThat(peer.received()).hasSize(2).allSatisfy(r -> assertThat(r.header("Idempotency-Key")).isNull());
    }

    @Test
    void saysInWordsThatNobodyListens() throws IOException {
        URI nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = URI.create("http://127.0.0.1:" + free.getLocalPort());
        }
        try (KeyswitchClient lonely = builder(nobody).build()) {
            assertThatThrownBy(() -> lonely.models().create(new CreateModel("triage", null, null)))
                    .isInstanceOfSatisfying(
                            ConnectionException.class,
                            e -> assertThat(e.mayHaveBeenProcessed()).isFalse())
                    .hasMessage("Cannot reach " + nobody + ": the connection was refused");
        }
        assertThat(pauses).hasSize(3);
    }

    @Test
    void endsACallThatGetsNoAnswerWithinTheTimeOut() throws InterruptedException {
        CountDownLatch released = new CountDownLatch(1);
        peer.on("GET /v1/whoami", (exchange, request) -> await(released));
        try (KeyswitchClient hasty = builder(peer.url())
                .timeout(Duration.ofMillis(200))
                .maxRetries(0)
                .build()) {

            assertThatThrownBy(hasty::whoami)
                    .isInstanceOf(ConnectionException.class)
                    .hasMessage(peer.url() + " did not answer within 0.2 s");
        } finally {
            released.countDown();
        }
    }

    @Test
    void endsACallWhoseAnswerStopsInTheMiddle() {
        CountDownLatch released = new CountDownLatch(1);
        peer.on("GET /v1/whoami", (exchange, request) -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write("{\"name\":".getBytes());
            exchange.getResponseBody().flush();
            await(released);
        });
        try (KeyswitchClient hasty = builder(peer.url())
                .timeout(Duration.ofMillis(200))
                .maxRetries(0)
                .build()) {

            assertThatThrownBy(hasty::whoami).isInstanceOf(ConnectionException.class);
        } finally {
            released.countDown();
        }
    }

    @Test
    void walksAllPages() {
        peer.on(
                "GET /v1/models",
                Peer.json(
                        200,
                        "{\"items\":[%s,%s],\"nextCursor\":\"c 1+/=\"}"
                                .formatted(Samples.model("a"), Samples.model("b"))),
                Peer.json(200, "{\"items\":[],\"nextCursor\":\"c2\"}"),
                Peer.json(200, "{\"items\":[%s],\"nextCursor\":null}".formatted(Samples.model("c"))));

        assertThat(client.listModels()).extracting(Model::name).containsExactly("a", "b", "c");
        assertThat(peer.calls())
                .containsExactly(
                        "GET /v1/models?limit=200",
                        "GET /v1/models?limit=200&cursor=c%201%2B%2F%3D",
                        "GET /v1/models?limit=200&cursor=c2");
    }

    @Test
    void asksForManyIdsInFewCalls() {
        List<UUID> ids = Stream.generate(UUID::randomUUID).limit(101).toList();
        peer.on(
                "GET /v1/models",
                Peer.json(200, "{\"items\":[%s],\"nextCursor\":null}".formatted(Samples.model("a"))),
                Peer.json(200, "{\"items\":[%s],\"nextCursor\":null}".formatted(Samples.model("b"))));

        assertThat(client.models().withIds(Stream.concat(ids.stream(), ids.stream()).toList()))
                .extracting(Model::name)
                .containsExactly("a", "b");
        String first = ids.subList(0, 100).stream().map(UUID::toString).collect(Collectors.joining("%2C"));
        assertThat(peer.calls())
                .containsExactly("GET /v1/models?id=" + first + "&limit=100", "GET /v1/models?id=" + ids.getLast() + "&limit=1");
        assertThat(client.models().withIds(List.of())).as("nothing is asked for nothing").isEmpty();
        assertThat(peer.calls()).hasSize(2);
        assertThatThrownBy(() -> ModelQuery.everything().ids(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fetchesNoPageThatNobodyReads() {
        peer.on(
                "GET /v1/models",
                Peer.json(200, "{\"items\":[%s],\"nextCursor\":\"c1\"}".formatted(Samples.model("a"))));

        assertThat(client.models().all(ModelQuery.everything()).limit(1)).hasSize(1);
        assertThat(peer.received()).hasSize(1);
    }

    @Test
    void asksForAnIntrospectionAsAForm() {
        peer.on("POST /v1/introspect", Peer.json(200, "{\"active\":false,\"reason\":null}"));

        assertThat(client.introspect("kst_a&b", Samples.MODEL, Samples.KEY).active())
                .isFalse();

        Peer.Received request = peer.received().getFirst();
        assertThat(request.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(request.text())
                .isEqualTo("token=kst_a%26b&model_id=" + Samples.MODEL + "&evaluation_key_id=" + Samples.KEY);
    }

    @Test
    void guardsTheEndOfAnAssignmentWithTheExpectedModel() {
        peer.on("DELETE /v1/tokens/" + Samples.TOKEN + "/assignment", Peer.json(200, Samples.token("null")));

        client.tokens().unassign(Samples.TOKEN, Samples.MODEL);
        client.tokens().unassign(Samples.TOKEN);

        assertThat(peer.calls())
                .containsExactly(
                        "DELETE /v1/tokens/" + Samples.TOKEN + "/assignment?modelId=" + Samples.MODEL,
                        "DELETE /v1/tokens/" + Samples.TOKEN + "/assignment");
    }

    @Test
    void followsNoRedirectWithTheCredential() {
        peer.on("GET /v1/whoami", Peer.status(302, Map.of("Location", peer.url() + "/elsewhere")));

        assertThatThrownBy(client::whoami).isInstanceOf(ProblemException.class);
        assertThat(peer.received()).hasSize(1);
    }

    @Test
    void printsTheCredentialNowhere() {
        peer.on("GET /v1/models/" + Samples.MODEL, Peer.status(401, Map.of()));
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(printed);

        out.println(client);
        out.println(builder(peer.url()));
        collect(() -> client.models().get(Samples.MODEL)).printStackTrace(out);
        collect(() -> builder(peer.url()).credential(SECRET + " \u0007 " + SECRET))
                .printStackTrace(out);
        collect(() -> builder(URI.create("http://user:" + SECRET + "@127.0.0.1")))
                .printStackTrace(out);

        assertThat(printed.toString()).isNotBlank().doesNotContain(SECRET);
    }

    @Test
    void sharesConnectionsWithAClientOfAnotherCredential() {
        peer.on("GET /v1/models/" + Samples.MODEL, Peer.json(200, Samples.model("triage")));

        client.withCredential("ksm_another").models().get(Samples.MODEL);

        assertThat(peer.received().getFirst().header("Authorization")).isEqualTo("Bearer ksm_another");
    }

    @Test
    void keepsAPathBeforeTheApi() {
        peer.on("DELETE /keyswitch/v1/tokens/" + Samples.TOKEN, Peer.status(204, Map.of()));
        try (KeyswitchClient behindAProxy =
                builder(URI.create(peer.url() + "/keyswitch/")).build()) {
            behindAProxy.tokens().delete(Samples.TOKEN);
        }

        assertThat(peer.calls()).containsExactly("DELETE /keyswitch/v1/tokens/" + Samples.TOKEN);
    }

    @Test
    void handsOverSealParametersAsTheyAre() {
        byte[] seal = {0x5E, (byte) 0xA1, 0x10, 3, 7};
        peer.on("GET /v1/models/" + Samples.MODEL + "/encryption-parameters", Peer.bytes(200, seal, Map.of()));

        assertThat(client.models().encryptionParameters(Samples.MODEL)).isEqualTo(seal);
    }

    @Test
    void isRefusedAnIdThatIsUnknown() {
        assertThatThrownBy(() -> client.evaluationKeys().get(UUID.randomUUID()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.is(ProblemCode.NOT_FOUND)).isTrue());
    }

    private static Throwable collect(Runnable failing) {
        try {
            failing.run();
        } catch (RuntimeException e) {
            return e;
        }
        throw new AssertionError("no exception");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
