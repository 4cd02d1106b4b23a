package dev.keyswitch.api.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.Samples;
import dev.keyswitch.contract.account.CreateAccount;
import dev.keyswitch.contract.account.CreatedAccount;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.problem.FieldError;
import dev.keyswitch.contract.problem.Problem;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.token.TokenStatus;
import dev.keyswitch.contract.value.ShownOnceValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenIT extends ApiIT {

    @Test
    void createsATokenAndShowsItsValueOnce() {
        var answer = owner().post("/v1/tokens", CreateToken.named("\u2003 Ada's laptop\u00a0"));

        Token created = answer.as(201, Token.class);
        assertThat(created.name()).isEqualTo("Ada's laptop");
        assertThat(created.status()).isEqualTo(TokenStatus.ACTIVE);
        assertThat(created.custody()).isEqualTo(Custody.AGENT);
        assertThat(created.modelId()).isNull();
        assertThat(created.generation()).isZero();
        assertThat(Duration.between(created.createdAt(), created.expiresAt())).isEqualTo(Duration.ofDays(30));
        assertThat(ShownOnceValue.isWellFormed(ShownOnceValue.TOKEN_PREFIX, String.valueOf(created.value()))).isTrue();
        assertThat(created.value()).endsWith(created.valueHint());
        JsonNode read = owner().get("/v1/tokens/" + created.id()).json();
        assertThat(read.has("value")).isFalse();
        assertThat(read.path("modelId").isNull()).isTrue();
        assertThat(this.<String>value("select row_to_json(t)::text from token t where id = ?", created.id()))
                .doesNotContain(String.valueOf(created.value()));
    }

    @Test
    void createsATokenThatIsAssignedAtOnce() {
        Model model = Samples.model(owner(), "at once");

        Token created = owner().post(
                        "/v1/tokens", new CreateToken("assigned", "n", 7, null, model.id(), Custody.HOLDER, null))
                .as(201, Token.class);

        assertThat(created.modelId()).isEqualTo(model.id());
        assertThat(created.modelName()).isEqualTo("at once");
        assertThat(created.generation()).isEqualTo(1);
        assertThat(created.evaluationKey()).isNotNull();
        assertThat(created.evaluationKey().state()).isEqualTo(EvaluationKeyState.REQUESTED);
    }

    @Test
    void createsNothingIfItCannotBeAssignedAtOnce() {
        owner().post("/v1/tokens", new CreateToken("orphan", null, null, null, UUID.randomUUID(), null, null))
                .problem(404, "not-found");

        assertThat(this.<Long>value("select count(*) from token where name = 'orphan'")).isZero();
        assertThat(this.<Long>value("select count(*) from outbox where data like '%orphan%'")).isZero();
        assertThat(this.<Long>value("select count(*) from audit where after::text like '%orphan%'")).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|/name",
                "{\"name\":null}|/name",
                "{\"name\":\"\"}|/name",
                "{\"name\":\" \\u2003\\u00a0 \"}|/name",
                "{\"name\":\"a\\nb\"}|/name",
                "{\"name\":\"a\\u001b[2Jb\"}|/name",
                "{\"name\":\"a\\u0000b\"}|/name",
                "{\"name\":\"a\\ud800b\"}|/name",
                "{\"name\":7}|/name",
                "{\"name\":true}|/name",
                "{\"name\":[\"a\"]}|/name",
                "{\"name\":{}}|/name",
                "{\"name\":\"a\",\"note\":\"\\u0000\"}|/note",
                "{\"name\":\"a\",\"expiresInDays\":0}|/expiresInDays",
                "{\"name\":\"a\",\"expiresInDays\":366}|/expiresInDays",
                "{\"name\":\"a\",\"expiresInDays\":1.5}|/expiresInDays",
                "{\"name\":\"a\",\"expiresInDays\":\"7\"}|/expiresInDays",
                "{\"name\":\"a\",\"expiresInDays\":99999999999999}|/expiresInDays",
                "{\"name\":\"a\",\"expiresInDays\":true}|/expiresInDays",
                "{\"name\":\"a\",\"expiresAt\":\"yesterday\"}|/expiresAt",
                "{\"name\":\"a\",\"expiresAt\":\"2020-01-01T00:00:00Z\"}|/expiresAt",
                "{\"name\":\"a\",\"expiresAt\":\"+999999999-12-31T23:59:59Z\"}|/expiresAt",
                "{\"name\":\"a\",\"expiresAt\":\"9999-12-31T23:59:59Z\"}|/expiresAt",
                "{\"name\":\"a\",\"expiresAt\":1800000000}|/expiresAt",
                "{\"name\":\"a\",\"expiresAt\":\"2027-01-01T00:00:00Z\",\"expiresInDays\":5}|/expiresAt",
                "{\"name\":\"a\",\"modelId\":\"x\"}|/modelId",
                "{\"name\":\"a\",\"modelId\":\"AAAAAAAAAAAAAAAAAAAAAA==\"}|/modelId",
                "{\"name\":\"a\",\"modelId\":5}|/modelId",
                "{\"name\":\"a\",\"custody\":\"agent\"}|/custody",
                "{\"name\":\"a\",\"custody\":0}|/custody",
                "{\"name\":\"a\",\"custody\":\"\"}|/custody",
                "{\"name\":\"a\",\"status\":\"ACTIVE\"}|/status",
                "{\"name\":\"a\",\"nmae\":\"b\"}|/nmae"
            })
    void refusesABadFieldAndSaysWhich(String body, String pointer) {
        long before = this.<Long>value("select count(*) from token");

        Problem problem = owner().post("/v1/tokens", body).problem(422, "invalid-fields");

        assertThat(problem.errors()).extracting(FieldError::pointer).containsExactly(pointer);
        assertThat(problem.errors().getFirst().detail()).isNotBlank();
        assertThat(problem.detail()).isNotBlank();
        assertThat(this.<Long>value("select count(*) from token")).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"a\"",
                "7",
                "{",
                "{\"name\":\"a\"",
                "{\"name\":\"a\",}",
                "{\"name\":\"a\",\"name\":\"b\"}",
                "{\"name\":\"a\"} {\"name\":\"b\"}",
                "{\"name\":\"a\"}]",
                "{name:\"a\"}",
                "{\"name\":\"a\u0001\"}",
                "\ufeff\ufeff{\"name\":\"a\"}",
                "{\"name\":\"\\x\"}"
            })
    void refusesWhatIsNotOneJsonObject(String body) {
        long before = this.<Long>value("select count(*) from token");

        assertThat(owner().post("/v1/tokens", body).problem(400, "malformed-request").detail()).isNotBlank();

        assertThat(this.<Long>value("select count(*) from token")).isEqualTo(before);
    }

    @Test
    void refusesDeeplyNestedAndInvalidlyEncodedBodies() {
        owner().post("/v1/tokens", "{\"name\":" + "[".repeat(5000) + "]".repeat(5000) + "}").problem(422, "invalid-fields");
        owner().post("/v1/tokens", "[".repeat(100_000)).problem(400, "malformed-request");
        owner().post("/v1/tokens", new byte[] {'{', '"', 'n', 'a', 'm', 'e', '"', ':', '"', (byte) 0xff, '"', '}'})
                .problem(400, "malformed-request");
    }

    @Test
    void refusesABodyThatIsTooLargeOrOfAnotherKind() {
        owner().post("/v1/tokens", "{\"name\":\"" + "a".repeat(1_100_000) + "\"}").problem(413, "payload-too-large");
        owner().post("/v1/tokens", "{\"name\":\"" + "a".repeat(20_000_000) + "\"}").problem(413, "payload-too-large");
        owner().post("/v1/tokens", "{\"name\":\"" + "a".repeat(900_000) + "\"}").problem(422, "invalid-fields");
        owner().send(owner().request("/v1/tokens")
                        .header("Content-Type", "text/plain")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"name\":\"a\"}")))
                .problem(415, "unsupported-media-type");
        owner().send(owner().request("/v1/tokens")
                        .header("Content-Type", "not a type")
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"name\":\"a\"}")))
                .problem(415, "unsupported-media-type");
    }

    @Test
    void takesNamesOfAnyScriptUpTo120Characters() {
        String name = "🔐".repeat(120);

        assertThat(owner().post("/v1/tokens", CreateToken.named(name)).as(201, Token.class).name()).isEqualTo(name);
        owner().post("/v1/tokens", CreateToken.named(name + "x")).problem(422, "invalid-fields");
        assertThat(Samples.token(owner(), "Ñandú — 日本語 – עברית").name()).isEqualTo("Ñandú — 日本語 – עברית");
    }

    @Test
    void givesAnExpiryThatWasAskedFor() {
        Instant expiry = Instant.parse("2027-03-01T10:00:00Z");

        Token token = owner().post("/v1/tokens", new CreateToken("e", null, null, expiry, null, null, null))
                .as(201, Token.class);

        assertThat(token.expiresAt()).isEqualTo(expiry);
    }

    @Test
    void findsUnassignedTokensByAPartOfTheirNameThoseThatBeginWithItFirst() {
        for (String name : List.of("find Zoe", "find-alice", "Malice find", "alice 1", "ALICE 2", "bob", "100%", "10_", "a\\b")) {
            Samples.token(owner(), name);
        }
        Model model = Samples.model(owner(), "finder");
        Samples.assign(owner(), Samples.token(owner(), "alice assigned").id(), model.id());
        Token expired = Samples.token(owner(), "alice expired");
        execute("update token set expires_at = now() - interval '1 second' where id = ?", expired.id());
        Token canceled = Samples.token(owner(), "alice canceled");
        execute("update token set status = 'CANCELED' where id = ?", canceled.id());

        assertThat(names("assigned=false&q=alice")).containsExactly("alice 1", "ALICE 2", "find-alice", "Malice find");
        assertThat(names("assigned=false&q=ALICE&limit=1")).containsExactly("alice 1", "ALICE 2", "find-alice", "Malice find");
        assertThat(names("assigned=false&q=alice&limit=2")).containsExactly("alice 1", "ALICE 2", "find-alice", "Malice find");
        assertThat(names("assigned=false&q=alice&limit=3&sort=-name"))
                .containsExactly("ALICE 2", "alice 1", "Malice find", "find-alice");
        assertThat(names("assigned=false&q=alice&limit=3&sort=createdAt"))
                .containsExactly("alice 1", "ALICE 2", "find-alice", "Malice find");
        assertThat(names("assigned=true&q=alice")).containsExactly("alice assigned");
        assertThat(names("assigned=false&status=CANCELED")).containsExactly("alice canceled");
        assertThat(names("q=alice expired")).containsExactly("alice expired");
        assertThat(names("modelId=" + model.id())).containsExactly("alice assigned");
        assertThat(names("keyState=REQUESTED&q=alice")).containsExactly("alice assigned");
        assertThat(names("keyState=READY&q=alice")).isEmpty();
        assertThat(names("q=%")).containsExactly("100%");
        assertThat(names("q=_")).containsExactly("10_");
        assertThat(names("q=\\")).containsExactly("a\\b");
        assertThat(names("q=nobody has this")).isEmpty();
    }

    @Test
    void listsTheTokensThatAreNamedByTheirIds() {
        Token one = Samples.token(owner(), "named one");
        Token two = Samples.token(owner(), "named two");
        Samples.token(owner(), "named by nobody");
        Token deleted = Samples.token(owner(), "named and deleted");
        owner().delete("/v1/tokens/" + deleted.id());
        CreatedAccount others = admin().post("/v1/accounts", new CreateAccount("named-by-ids", null)).as(201, CreatedAccount.class);
        Token foreign = Samples.token(with(Objects.requireNonNull(others.ownerCredential().value())), "named by others");
        String ids = Stream.of(two.id(), one.id(), one.id(), deleted.id(), foreign.id(), UUID.randomUUID())
                .map(UUID::toString)
                .collect(Collectors.joining(","));

        assertThat(names("id=" + ids)).containsExactlyInAnyOrder("named one", "named two");
        assertThat(names("sort=name&limit=1&id=" + ids)).containsExactly("named one", "named two");
        assertThat(names("q=TWO&id=" + ids)).containsExactly("named two");
        String hundred = Stream.generate(UUID::randomUUID).limit(100).map(UUID::toString).collect(Collectors.joining(","));
        assertThat(names("id=" + hundred)).isEmpty();
        owner().get("/v1/tokens?id=" + hundred + "," + one.id()).problem(422, "invalid-fields");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id=x", "id=,", "id=0190163d-8694-739b-aea5-966c26f8ad91,", "asigned=false", "assigned=no", "assigned=true&assigned=false", "modelId=7", "status=GONE", "keyState=x",
                "limit=0", "limit=201", "limit=-1", "limit=x", "limit=99999999999", "sort=size", "cursor=x", "cursor=AAAA",
                "q=%00", "q=%ED%A0%80x%00"
            })
    void refusesAQueryItDoesNotUnderstand(String query) {
        owner().get("/v1/tokens?" + query).problem(422, "invalid-fields");
    }

    @Test
    void refusesACursorOfAnotherOrder() {
        Samples.token(owner(), "c1");
        Samples.token(owner(), "c2");
        String cursor = owner().get("/v1/tokens?limit=1&sort=name").json().path("nextCursor").asText();

        owner().get("/v1/tokens?limit=1&sort=-name&cursor=" + cursor).problem(422, "invalid-fields");
    }

    @Test
    void deletesATokenForGood() {
        Model model = Samples.model(owner(), "of the deleted");
        Token token = Samples.token(owner(), "deleted");
        Samples.assign(owner(), token.id(), model.id());

        assertThat(owner().delete("/v1/tokens/" + token.id()).status()).isEqualTo(204);

        owner().get("/v1/tokens/" + token.id()).problem(404, "not-found");
        owner().delete("/v1/tokens/" + token.id()).problem(404, "not-found");
        owner().get("/v1/tokens/" + token.id() + "/assignments").problem(404, "not-found");
        assertThat(names("q=deleted")).isEmpty();
        assertThat(owner().get("/v1/models/" + model.id()).as(200, Model.class).tokenCount()).isZero();
        assertThat(this.<byte[]>value("select value_hash from token where id = ?", token.id())).isNull();
        assertThat(this.<String>value("select state from evaluation_key where token_id = ?", token.id())).isEqualTo("REVOKED");
        assertThat(this.<String>value("select ended_because from assignment where token_id = ?", token.id())).isEqualTo("DELETED");
        assertThat(this.<Long>value("select count(*) from audit where token_id = ? and action = 'token.deleted'", token.id()))
                .isEqualTo(1);
        assertThat(this.<Long>value("select count(*) from outbox where record_key = ? and type like '%token.deleted%'", token.id().toString()))
                .isEqualTo(1);
    }

    @Test
    void keepsTheValueOutOfEventsAndAudit() {
        Token token = Samples.token(owner(), "secretive");

        assertThat(this.<Long>value("select count(*) from outbox where data like '%' || ? || '%'", String.valueOf(token.value())))
                .isZero();
        assertThat(this.<Long>value("select count(*) from audit where after::text like '%' || ? || '%'", String.valueOf(token.value())))
                .isZero();
    }

    private List<String> names(String query) {
        List<String> names = new ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page = owner().get("/v1/tokens?" + encoded(query) + cursor).json();
            assertThat(page.path("items").isArray()).as(page.toString()).isTrue();
            page.path("items").forEach(item -> names.add(item.path("name").asText()));
            if (page.path("nextCursor").isNull()) {
                return names;
            }
            cursor = "&cursor=" + page.path("nextCursor").asText();
        }
    }

    private static String encoded(String query) {
        List<String> parts = new ArrayList<>();
        for (String part : query.split("&")) {
            String[] pair = part.split("=", 2);
            parts.add(pair[0] + "=" + URLEncoder.encode(pair[1], StandardCharsets.UTF_8));
        }
        return String.join("&", parts);
    }

    @Test
    void listsTokensInTheOrderOfTheirEndPageByPage() {
        for (int days : new int[] {40, 10, 30, 20, 10}) {
            owner().post("/v1/tokens", "{\"name\":\"by expiry\",\"expiresInDays\":" + days + "}").as(201, Token.class);
        }

        List<Token> rising = inOrder("expiresAt");
        List<Token> falling = inOrder("-expiresAt");

        assertThat(rising).hasSize(5).isSortedAccordingTo(java.util.Comparator.comparing(Token::expiresAt).thenComparing(Token::id));
        assertThat(falling).isEqualTo(rising.reversed());
        owner().get("/v1/models?sort=expiresAt").problem(422, "invalid-fields");
        owner().get("/v1/tokens?sort=expiresAt&cursor=RVhQSVJFU19BVCAwIDAxOTAxNjNkLTg2OTQtNzM5Yi1hZWE1LTk2NmMyNmY4YWQ5MSBub3Rh")
                .problem(422, "invalid-fields");
    }

    private List<Token> inOrder(String sort) {
        List<Token> all = new java.util.ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = owner().get("/v1/tokens?q=by%20expiry&limit=2&sort=" + sort + cursor).json();
            for (JsonNode item : page.get("items")) {
                all.add(owner().get("/v1/tokens/" + item.get("id").asText()).as(200, Token.class));
            }
            cursor = page.get("nextCursor").isNull() ? "" : "&cursor=" + page.get("nextCursor").asText();
        } while (!cursor.isEmpty());
        return all;
    }
}
