package dev.keyswitch.api.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.Eventually;
import dev.keyswitch.api.Samples;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.api.TestClient.Answer;
import dev.keyswitch.api.http.Json;
import dev.keyswitch.contract.account.CreateAccount;
import dev.keyswitch.contract.account.CreatedAccount;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.token.TokenStatus;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BulkIT extends ApiIT {

    private static final ObjectMapper JSON = Json.mapper();

    @Test
    void answersEveryLineInItsOrder() {
        UUID model = Samples.model(owner(), "bulk order").id();
        UUID other = Samples.model(owner(), "bulk other").id();
        UUID token = Samples.token(owner(), "first").id();

        List<JsonNode> answers = bulk(
                owner(),
                null,
                "{\"operation\":\"CREATE\",\"body\":{\"name\":\"new\",\"modelId\":\"" + model + "\"}}",
                "",
                about("ASSIGN", token, "{\"modelId\":\"" + model + "\"}"),
                about("ASSIGN", token, "{\"modelId\":\"" + other + "\"}"),
                about("REASSIGN", token, "{\"modelId\":\"" + other + "\",\"mode\":\"WHEN_READY\"}"),
                about("REASSIGN", token, "{\"modelId\":\"" + other + "\"}"),
                about("UNASSIGN", token, "{\"modelId\":\"" + model + "\"}"),
                about("UNASSIGN", token, null),
                about("UPDATE", token, "{\"note\":\"seen\",\"name\":\"second\"}"),
                about("UPDATE", token, "{\"note\":null}"),
                about("ROLL", token, "{\"graceSeconds\":60}"),
                about("DELETE", token, null),
                about("UPDATE", token, "{\"note\":\"too late\"}"));

        assertThat(answers).extracting(answer -> answer.get("line").asInt()).containsExactly(1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13);
        assertThat(answers).extracting(answer -> answer.get("status").asInt())
                .containsExactly(201, 200, 409, 200, 200, 409, 200, 200, 200, 200, 204, 404);
        assertThat(answers.get(0).at("/token/value").asText()).startsWith("kst_");
        assertThat(answers.get(0).at("/token/modelId").asText()).isEqualTo(model.toString());
        assertThat(answers.get(1).get("etag").asText()).isEqualTo("\"1\"");
        assertThat(answers.get(2).at("/problem/code").asText()).isEqualTo("token-already-assigned");
        assertThat(answers.get(2).at("/problem/currentModelId").asText()).isEqualTo(model.toString());
        assertThat(answers.get(3).at("/token/pendingReassignment/modelId").asText()).isEqualTo(other.toString());
        assertThat(answers.get(4).at("/token/modelId").asText()).isEqualTo(other.toString());
        assertThat(answers.get(5).at("/problem/code").asText()).isEqualTo("token-not-assigned-there");
        assertThat(answers.get(8).at("/token/note").asText()).isEmpty();
        assertThat(answers.get(9).at("/token/value").asText()).startsWith("kst_");
        assertThat(answers.get(10).has("token")).isFalse();
        assertThat(answers.get(11).at("/problem/requestId").asText()).isNotEmpty();
    }

    @Test
    void turnsTokensOnAndOffWithoutMistakingAPauseForTheEnd() {
        UUID token = Samples.token(owner(), "paused").id();

        List<JsonNode> answers = bulk(
                owner(),
                null,
                about("SUSPEND", token, null),
                about("REINSTATE", token, null),
                about("RESUME", token, null),
                about("CANCEL", token, null),
                about("RESUME", token, null),
                about("REINSTATE", token, null));

        assertThat(answers).extracting(answer -> answer.get("status").asInt()).containsExactly(200, 409, 200, 200, 409, 200);
        assertThat(get(token).status()).isEqualTo(TokenStatus.ACTIVE);
    }

    @Test
    void refusesALineThatIsWrongAndGoesOn() {
        UUID token = Samples.token(owner(), "hostile").id();

        List<JsonNode> answers = bulk(
                owner(),
                null,
                "not json",
                "[]",
                "{\"operation\":\"FLY\",\"tokenId\":\"" + token + "\"}",
                "{\"operation\":\"SUSPEND\"}",
                "{\"operation\":\"SUSPEND\",\"tokenId\":\"1-1-1-1-1\"}",
                "{\"operation\":\"SUSPEND\",\"tokenId\":\"" + token + "\",\"body\":{}}",
                "{\"operation\":\"SUSPEND\",\"tokenId\":\"" + token + "\",\"why\":\"x\"}",
                "{\"operation\":\"SUSPEND\",\"operation\":\"DELETE\",\"tokenId\":\"" + token + "\"}",
                "{\"operation\":\"SUSPEND\",\"tokenId\":\"" + token + "\"} {}",
                "{\"operation\":\"SUSPEND\",\"tokenId\":\"" + token + "\",\"ifMatch\":\"\\\"7\\\"\"}",
                "{\"operation\":\"SUSPEND\",\"tokenId\":\"" + token + "\",\"ifMatch\":\"7\"}",
                "{\"operation\":\"UPDATE\",\"tokenId\":\"" + token + "\",\"body\":{\"nam\":\"x\"}}",
                "{\"operation\":\"UPDATE\",\"tokenId\":\"" + token + "\",\"body\":{\"name\":7}}",
                "{\"operation\":\"UPDATE\",\"tokenId\":\"" + token + "\",\"body\":\"name\"}",
                "{\"operation\":\"UPDATE\",\"tokenId\":\"" + token + "\",\"body\":{\"name\":\"\\u0000\"}}",
                "{\"operation\":\"ASSIGN\",\"tokenId\":\"" + token + "\",\"body\":{\"modelId\":\"" + token + "\",\"reassign\":true}}",
                "{\"operation\":\"CREATE\",\"tokenId\":\"" + token + "\",\"body\":{\"name\":\"x\"}}",
                "{\"operation\":\"CREATE\",\"body\":{\"name\":\"nowhere\",\"modelId\":\"" + token + "\"}}",
                "[".repeat(5000),
                "{\"operation\":\"SUSPEND\",\"tokenId\":\"" + token + "\"}");

        assertThat(answers).extracting(answer -> answer.get("status").asInt())
                .containsExactly(400, 400, 422, 422, 422, 422, 422, 400, 400, 412, 400, 422, 422, 400, 422, 422, 422, 404, 400, 200);
        assertThat(answers.get(11).at("/problem/errors/0/pointer").asText()).isEqualTo("/nam");
        // What is refused leaves nothing, also where it had begun.
        assertThat(this.<Long>value("select count(*) from token where name = 'nowhere'")).isZero();
        assertThat(get(token).status()).isEqualTo(TokenStatus.SUSPENDED);
    }

    @Test
    void doesALineOnceUnderOneKey() {
        String key = "bulk-" + UUID.randomUUID();
        String create = "{\"operation\":\"CREATE\",\"body\":{\"name\":\"once\"}}";
        UUID unknown = UUID.randomUUID();

        List<JsonNode> first = bulk(owner(), key, create, create, about("DELETE", unknown, null));
        List<JsonNode> again = bulk(owner(), key, create, create, about("DELETE", unknown, null), create);
        List<JsonNode> other = bulk(owner(), key, create, "{\"operation\":\"CREATE\",\"body\":{\"name\":\"another\"}}");

        assertThat(this.<Long>value("select count(*) from token where name = 'once'")).isEqualTo(3);
        assertThat(again.subList(0, 3)).allSatisfy(answer -> assertThat(answer.get("replayed").asBoolean()).isTrue());
        assertThat(again.get(0).get("token")).isEqualTo(first.get(0).get("token"));
        assertThat(again.get(2).get("status").asInt()).isEqualTo(404);
        assertThat(again.get(3).has("replayed")).isFalse();
        assertThat(other.get(0).get("replayed").asBoolean()).isTrue();
        assertThat(other.get(1).at("/problem/code").asText()).isEqualTo("idempotency-key-reused");
        assertThat(this.<Long>value("select count(*) from token where name = 'another'")).isZero();
    }

    @Test
    void goesOnWhereItWasCutOff() throws Exception {
        String key = "bulk-" + UUID.randomUUID();
        int total = 3000;
        String body = IntStream.range(0, total)
                .mapToObj(i -> "{\"operation\":\"CREATE\",\"body\":{\"name\":\"cut " + i + "\"}}\n")
                .collect(Collectors.joining());
        try (HttpClient impatient = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> response =
                    impatient.send(request(owner(), key, body).build(), HttpResponse.BodyHandlers.ofInputStream());
            BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
            assertThat(JSON.readTree(lines.readLine()).get("status").asInt()).isEqualTo(201);
            // The first answer comes while the rest is still to be done.
            assertThat(cut()).isLessThan(total);
            impatient.shutdownNow();
        }

        List<JsonNode> answers = new ArrayList<>();
        Eventually.holds(() -> {
            answers.clear();
            answers.addAll(bulk(owner(), key, body));
            // The line at which it was cut off may still be worked on.
            return answers.stream().noneMatch(answer -> answer.at("/problem/code").asText().equals("idempotency-in-progress"));
        });

        assertThat(cut()).isEqualTo(total);
        assertThat(this.<Long>value("select count(distinct name) from token where name like 'cut %'")).isEqualTo(total);
        assertThat(answers).hasSize(total).extracting(answer -> answer.get("status").asInt()).containsOnly(201);
        assertThat(answers.get(0).get("replayed").asBoolean()).isTrue();
        assertThat(this.<Long>value("select count(*) from outbox where data like '%\"cut %'")).isEqualTo(total);
    }

    private long cut() {
        return this.<Long>value("select count(*) from token where name like 'cut %'");
    }

    @Test
    void knowsNothingOfOtherAccounts() {
        CreatedAccount other = admin().post("/v1/accounts", new CreateAccount("bulk-other", null)).as(201, CreatedAccount.class);
        UUID theirs = Samples.token(with(String.valueOf(other.ownerCredential().value())), "theirs").id();

        List<JsonNode> answers = bulk(owner(), null, about("DELETE", theirs, null), about("DELETE", UUID.randomUUID(), null));

        assertThat(answers.get(0).get("status").asInt()).isEqualTo(404);
        assertThat(answers.get(0).at("/problem/detail")).isEqualTo(answers.get(1).at("/problem/detail"));
    }

    @Test
    void isForThoseWhoMayDoEachOfThem() {
        TestClient operator = with(Samples.credential(owner(), Role.OPERATOR, null));
        TestClient viewer = with(Samples.credential(owner(), Role.VIEWER, null));
        String create = "{\"operation\":\"CREATE\",\"body\":{\"name\":\"by role\"}}";

        assertThat(bulk(operator, null, create).getFirst().get("status").asInt()).isEqualTo(201);
        viewer.send(request(viewer, null, create)).problem(403, "forbidden");
    }

    @Test
    void isBounded() {
        owner().send(request(owner(), null, "x".repeat((1 << 20) + 1))).problem(413, "payload-too-large");
        owner().send(request(owner(), null, "{}\n".repeat(10_001))).problem(413, "payload-too-large");
        owner().send(request(owner(), "short", "{}")).problem(400, "malformed-request");
        owner().post("/v1/bulk", "{}").problem(415, "unsupported-media-type");
        owner().send(request(owner(), null, "")).problem(400, "malformed-request");
        assertThat(bulk(owner(), null, "", " ")).isEmpty();
    }

    private Token get(UUID token) {
        return owner().get("/v1/tokens/" + token).as(200, Token.class);
    }

    private static String about(String operation, UUID token, @Nullable String body) {
        return "{\"operation\":\"" + operation + "\",\"tokenId\":\"" + token + "\"" + (body == null ? "" : ",\"body\":" + body) + "}";
    }

    private static HttpRequest.Builder request(TestClient client, @Nullable String key, String body) {
        HttpRequest.Builder request = client.request("/v1/bulk")
                .timeout(Duration.ofMinutes(2))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(body));
        return key == null ? request : request.header("Idempotency-Key", key);
    }

    private static List<JsonNode> bulk(TestClient client, @Nullable String key, String... lines) {
        Answer answer = client.send(request(client, key, String.join("\n", lines)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/x-ndjson");
        return answer.text().lines().map(BulkIT::json).toList();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (java.io.IOException e) {
            throw new AssertionError(line, e);
        }
    }
}
