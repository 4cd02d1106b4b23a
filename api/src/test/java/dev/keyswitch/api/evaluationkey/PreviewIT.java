package dev.keyswitch.api.evaluationkey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.api.Eventually;
import dev.keyswitch.api.Samples;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.api.TestClient.Answer;
import dev.keyswitch.contract.account.CreateAccount;
import dev.keyswitch.contract.account.CreateCredential;
import dev.keyswitch.contract.account.CreatedAccount;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.evaluationkey.Upload;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.AssignToken;
import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.profile.EncryptionProfiles;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Asks for the preview of every changing operation that the description knows, sees that not one row and not one file has changed,
/// and then that the same call without `dryRun` does change something.
class PreviewIT extends EvaluationKeyIT {

    private static final byte[] KEY = newKey(BFV);
    private static final EncryptionProfile OTHER_PROFILE = EncryptionProfile.bfv(4096, 20, 36, 36, 37);

    /// A call that would change something.
    private record Wish(TestClient client, String path, @Nullable Object body) {}

    private int number;

    private Map<String, Supplier<Wish>> wishes() {
        Map<String, Supplier<Wish>> wishes = new TreeMap<>();
        wishes.put("createAccount", () -> new Wish(admin(), "/v1/accounts", Map.of("slug", "preview-" + ++number)));
        wishes.put("suspendAccount", () -> new Wish(admin(), "/v1/accounts/" + newAccount() + "/suspend", null));
        wishes.put("resumeAccount", () -> {
            UUID account = newAccount();
            admin().post("/v1/accounts/" + account + "/suspend", "").as(200, JsonNode.class);
            return new Wish(admin(), "/v1/accounts/" + account + "/resume", null);
        });
        wishes.put("changeAccount", () -> owner("/v1/account", Map.of("tokenLifetimeDays", 40 + ++number)));
        wishes.put("createCredential", () -> owner("/v1/credentials", Map.of("name", "ci", "role", "OPERATOR")));
        wishes.put("revokeCredential", () -> owner("/v1/credentials/" + newCredential(), null));
        wishes.put("createHolder", () -> owner("/v1/holders", Map.of("name", "holder " + ++number)));
        wishes.put("changeHolder", () -> owner("/v1/holders/" + Samples.holder(owner(), "h " + ++number).id(), Map.of("name", "x " + number)));
        wishes.put("rotateRootKey", () -> {
            UUID holder = Samples.holder(owner(), "h " + ++number).id();
            owner().patch("/v1/holders/" + holder, Map.of("rootFingerprint", "e".repeat(64))).as(200, JsonNode.class);
            return owner("/v1/holders/" + holder + "/rotate-root-key", Map.of("rootFingerprint", "d".repeat(64)));
        });
        wishes.put("createModel", () -> owner("/v1/models", Map.of("name", "m " + ++number, "encryptionProfile", Samples.profile())));
        wishes.put("changeModel", () -> owner("/v1/models/" + model(), Map.of("description", "other")));
        wishes.put("changeEncryptionProfile", () -> owner("/v1/models/" + modelOf(assigned()) + "/encryption-profile", OTHER_PROFILE));
        wishes.put("deactivateModel", () -> owner("/v1/models/" + modelOf(assigned()) + "/deactivate", null));
        wishes.put("activateModel", () -> {
            UUID model = model();
            owner().post("/v1/models/" + model + "/deactivate", "").as(200, JsonNode.class);
            return owner("/v1/models/" + model + "/activate", null);
        });
        wishes.put("deleteModel", () -> owner("/v1/models/" + modelOf(assigned()) + "?unassignTokens=true", null));
        wishes.put("createToken", () -> owner("/v1/tokens", Map.of("name", "new", "modelId", model())));
        wishes.put("changeToken", () -> owner("/v1/tokens/" + assigned().id(), Map.of("note", "other", "status", "CANCELED")));
        wishes.put("rollToken", () -> owner("/v1/tokens/" + assigned().id() + "/roll", Map.of("graceSeconds", 60)));
        wishes.put("deleteToken", () -> owner("/v1/tokens/" + assigned().id(), null));
        wishes.put("assignToken", () -> owner("/v1/tokens/" + assigned().id() + "/assignment", Map.of("modelId", model(), "reassign", true)));
        wishes.put("unassignToken", () -> owner("/v1/tokens/" + assigned().id() + "/assignment", null));
        wishes.put("bulk", () -> owner("/v1/bulk", "{\"operation\":\"DELETE\",\"tokenId\":\"" + assigned().id() + "\"}\n"));
        wishes.put("claimEvaluationKey", () -> {
            Wanted wanted = wanted();
            return agent(path(wanted) + "/claim", Map.of("generation", 1, "rootFingerprint", FINGERPRINT, "worker", "w"));
        });
        wishes.put("reportProgress", () -> agent(path(inWork()) + "/progress", Map.of("attempt", 1, "percent", 40)));
        wishes.put("reportFailure", () -> agent(path(inWork()) + "/fail", Map.of("attempt", 1, "reason", "disk full")));
        wishes.put("releaseEvaluationKey", () -> agent(path(inWork()) + "/release", Map.of("attempt", 1)));
        wishes.put("retryEvaluationKey", () -> {
            Wanted failed = inWork();
            agent().post(path(failed) + "/fail", Map.of("attempt", 1, "reason", "disk full")).as(200, JsonNode.class);
            return owner(path(failed) + "/retry", null);
        });
        wishes.put("beginUpload", () -> agent(path(inWork()) + "/uploads", Map.of("attempt", 1, "sizeBytes", KEY.length)));
        wishes.put("completeUpload", () -> agent("/v1/uploads/" + uploaded(wanted(), KEY).id() + "/complete", announced(BFV, KEY)));
        return wishes;
    }

    @Test
    void changesNothingWhateverIsAsked() {
        Map<String, Supplier<Wish>> wishes = wishes();
        List<String> previewed = new ArrayList<>();
        withoutCredential().get("/openapi").json().get("paths").properties().forEach(path -> path.getValue().properties().forEach(operation -> {
            String id = operation.getValue().get("operationId").asText();
            if (!operation.getValue().path("parameters").findValuesAsText("name").contains("dryRun")) {
                return;
            }
            previewed.add(id);
            assertThat(wishes).as("how to ask for " + id).containsKey(id);
            provesNothing(id, operation.getKey().toUpperCase(Locale.ROOT), wishes.get(id).get());
        }));

        assertThat(previewed).containsExactlyInAnyOrderElementsOf(wishes.keySet());
    }

    /// With an Origin every filter is asked, whether it is enabled or not.
    @Test
    void whoeverReadsIsAnsweredTheSameWhereverTheCallComesFrom() {
        String path = "/v1/tokens/" + assigned().id() + "?dryRun=true&unknown=1";

        Answer there = owner().send(owner().request(path).header("Origin", server().uri().toString()).GET());

        assertThat(there.as(200, JsonNode.class)).isEqualTo(owner().get(path).as(200, JsonNode.class));
    }

    private void provesNothing(String id, String method, Wish wish) {
        settle();
        Map<String, String> before = everything();

        Answer preview = send(wish, method, wish.path() + (wish.path().contains("?") ? "&" : "?") + "dryRun=true");

        assertThat(preview.status()).as(id + " " + preview.text()).isEqualTo(200);
        assertThat(everything()).as(id).isEqualTo(before);
        assertThat(preview.text()).as(id).doesNotContain("kst_", "ksm_", "\"value\"");
        Answer real = send(wish, method, wish.path());
        assertThat(real.status()).as(id + " " + real.text()).isLessThan(300);
        assertThat(everything()).as(id + " changes something").isNotEqualTo(before);
        if (id.equals("bulk")) {
            assertThat(preview.text()).startsWith("{\"line\":1,\"status\":204");
            return;
        }
        assertThat(preview.json().get("status").asInt()).as(id).isEqualTo(real.status());
        // Of an evaluation key nobody sees that bytes of it begin to come.
        if (!id.equals("beginUpload")) {
            assertThat(preview.json().get("before")).as(id).isNotEqualTo(preview.json().get("after"));
        }
    }

    @Test
    void saysWhatAMoveMeans() {
        Token token = assigned();
        UUID other = model();
        String path = "/v1/tokens/" + token.id() + "/assignment?dryRun=true";

        JsonNode now = owner().put(path, new AssignToken(other, true, null)).json();
        JsonNode later = owner().put(path, new AssignToken(other, true, AssignmentMode.WHEN_READY)).json();
        JsonNode end = owner().delete(path).json();

        assertThat(now.at("/before/modelId").asText()).isEqualTo(String.valueOf(token.modelId()));
        assertThat(now.at("/after/modelId").asText()).isEqualTo(other.toString());
        assertThat(states(now)).containsExactlyInAnyOrder("null REQUESTED", "REQUESTED SUPERSEDED");
        assertThat(now.at("/keyWork/keys").asInt()).isEqualTo(1);
        assertThat(now.at("/keyWork/sizeBytes").asLong())
                .isEqualTo(EncryptionProfiles.resolve(Samples.profile()).layout().sizeBytes());
        assertThat(now.at("/keyWork/seconds").asDouble()).isBetween(1e-6, 10.0);
        assertThat(later.at("/after/modelId").asText()).isEqualTo(String.valueOf(token.modelId()));
        assertThat(later.at("/after/pendingReassignment/modelId").asText()).isEqualTo(other.toString());
        assertThat(states(later)).containsExactly("null REQUESTED");
        assertThat(end.at("/after/modelId").isNull()).isTrue();
        assertThat(states(end)).containsExactly("REQUESTED REVOKED");
        assertThat(end.get("keyWork").isNull()).isTrue();
    }

    @Test
    void countsTheKeysOfAWholeModel() {
        UUID model = model();
        for (int i = 0; i < 3; i++) {
            Samples.assign(owner(), Samples.token(owner(), "of many").id(), model);
        }

        JsonNode preview = owner().put("/v1/models/" + model + "/encryption-profile?dryRun=true", OTHER_PROFILE).as(200, JsonNode.class);

        assertThat(preview.at("/after/job/total").asInt()).isEqualTo(3);
        assertThat(preview.at("/keyWork/keys").asInt()).isEqualTo(3);
        assertThat(preview.at("/keyWork/sizeBytes").asLong()).isEqualTo(3 * BFV.layout().sizeBytes());
        assertThat(owner().get("/v1/models/" + model).json().get("job").isNull()).isTrue();
    }

    @Test
    void countsTheKeysThatARotationReplaces() {
        UUID holder = Samples.holder(owner(), "counted " + ++number).id();
        owner().patch("/v1/holders/" + holder, Map.of("rootFingerprint", "e".repeat(64))).as(200, JsonNode.class);
        UUID model = model();
        UUID other = owner().post("/v1/models", Map.of("name", "m " + ++number, "encryptionProfile", OTHER_PROFILE)).as(201, Model.class).id();
        ready(tokenOf(holder, model), "e");
        ready(tokenOf(holder, model), "e");
        ready(tokenOf(holder, other), "e");
        ready(tokenOf(holder, other), "d");
        tokenOf(holder, other);
        UUID lost = tokenOf(holder, other);
        execute("update evaluation_key set lease_until = now(), root_fingerprint = '" + "e".repeat(64) + "' where token_id = '" + lost + "'");

        JsonNode preview = owner().post("/v1/holders/" + holder + "/rotate-root-key?dryRun=true", Map.of("rootFingerprint", "d".repeat(64)))
                .as(200, JsonNode.class);
        JsonNode renamed = owner().patch("/v1/holders/" + holder + "?dryRun=true", Map.of("name", "x " + ++number)).json();

        assertThat(preview.at("/after/rotation/total").asInt()).as("assigned tokens").isEqualTo(6);
        assertThat(preview.at("/keyWork/keys").asInt()).as("those that come from another root key, or may yet").isEqualTo(4);
        assertThat(preview.at("/keyWork/sizeBytes").asLong())
                .isEqualTo(2 * EncryptionProfiles.resolve(Samples.profile()).layout().sizeBytes() + 2 * BFV.layout().sizeBytes());
        assertThat(renamed.get("keyWork").isNull()).isTrue();
    }

    private UUID tokenOf(UUID holder, UUID model) {
        return owner().post("/v1/tokens", Map.of("name", "t", "modelId", model, "holderId", holder)).as(201, Token.class).id();
    }

    private void ready(UUID token, String digit) {
        execute("update evaluation_key set state = 'READY', root_fingerprint = '" + digit.repeat(64) + "' where token_id = '" + token + "'");
    }

    @Test
    void refusesWhatTheCallWouldRefuse() {
        Token token = assigned();
        UUID other = model();

        owner().put("/v1/tokens/" + token.id() + "/assignment?dryRun=true", new AssignToken(other, null, null))
                .problem(409, "token-already-assigned");
        owner().patch("/v1/tokens/" + UUID.randomUUID() + "?dryRun=true", Map.of("note", "x")).problem(404, "not-found");
        owner().patch("/v1/tokens/x?dryRun=true", Map.of("note", "x")).problem(400, "malformed-request");
        owner().post("/v1/tokens?dryRun=true", Map.of("nam", "x")).problem(422, "invalid-fields");
        with(Samples.credential(owner(), Role.VIEWER, null))
                .delete("/v1/tokens/" + token.id() + "?dryRun=true")
                .problem(403, "forbidden");
        withoutCredential().delete("/v1/tokens/" + token.id() + "?dryRun=true").problem(401, "unauthenticated");
    }

    @Test
    void doesNotMistakeATypoForAWish() {
        String path = "/v1/tokens/" + assigned().id();

        for (String query : List.of("dryrun=true", "dry_run=true", "dryRun=yes", "dryRun=1", "dryRun=", "dryRun", "dryRun=true&dryRun=true", "dryRun=true&x=1")) {
            owner().delete(path + "?" + query).problem(422, "invalid-fields");
        }
        owner().delete(path + "/assignment?dryrun=true").problem(422, "invalid-fields");
        agent().send(agent().request("/v1/uploads/" + UUID.randomUUID() + "?dryRun=true")
                        .header("Content-Type", "application/octet-stream")
                        .method("PATCH", BodyPublishers.ofByteArray(new byte[1])))
                .problem(422, "invalid-fields");
        owner().get(path).as(200, Token.class);
        assertThat(owner().delete(path + "?dryRun=false").status()).isEqualTo(204);
    }

    @Test
    void keepsNoAnswerUnderAKey() {
        String path = "/v1/tokens/" + assigned().id();
        String key = "preview-" + UUID.randomUUID();

        assertThat(owner().once(key, "PATCH", path + "?dryRun=true", Map.of("note", "x")).status()).isEqualTo(200);
        Answer real = owner().once(key, "PATCH", path, Map.of("note", "x"));

        assertThat(real.as(200, Token.class).note()).isEqualTo("x");
        assertThat(real.header("Idempotency-Replayed")).isEmpty();
    }

    @Test
    void leavesAnUploadThatIsWrongAsItIs() {
        Wanted wanted = wanted();
        Upload upload = uploaded(wanted, KEY);
        byte[] other = newKey(BFV);

        complete(agent(), "?dryRun=true", upload, announced(BFV, other)).problem(422, "evaluation-key-refused");

        assertThat(head(agent(), upload).header("Upload-Offset")).isEqualTo(Integer.toString(KEY.length));
        assertThat(complete(agent(), upload, announced(BFV, KEY)).status()).isEqualTo(200);
    }

    private static Answer complete(TestClient client, String query, Upload upload, Object announced) {
        return client.post("/v1/uploads/" + upload.id() + "/complete" + query, announced);
    }

    private static List<String> states(JsonNode preview) {
        List<String> states = new ArrayList<>();
        preview.get("evaluationKeys").forEach(key -> states.add(key.get("before").asText() + " " + key.get("after").asText()));
        return states;
    }

    private Wish owner(String path, @Nullable Object body) {
        return new Wish(owner(), path, body);
    }

    private Wish agent(String path, Object body) {
        return new Wish(agent(), path, body);
    }

    private UUID newAccount() {
        return admin().post("/v1/accounts", new CreateAccount("preview-" + ++number, null)).as(201, CreatedAccount.class).account().id();
    }

    private UUID newCredential() {
        return owner().post("/v1/credentials", new CreateCredential("ci", Role.OPERATOR, null)).as(201, Credential.class).id();
    }

    private UUID model() {
        return Samples.model(owner(), "model " + ++number).id();
    }

    private Token assigned() {
        return Samples.assign(owner(), Samples.token(owner(), "token " + ++number).id(), model());
    }

    private static UUID modelOf(Token token) {
        return java.util.Objects.requireNonNull(token.modelId());
    }

    private Wanted inWork() {
        Wanted wanted = wanted();
        claimed(agent(), wanted);
        return wanted;
    }

    private Upload uploaded(Wanted wanted, byte[] bytes) {
        Upload upload = begun(agent(), wanted, claimed(agent(), wanted).attempt(), bytes.length);
        append(agent(), upload, 0, bytes);
        return upload;
    }

    private static Answer send(Wish wish, String method, String path) {
        var request = wish.client().request(path);
        if (wish.body() == null) {
            return wish.client().send(request.method(method, BodyPublishers.noBody()));
        }
        boolean lines = path.startsWith("/v1/bulk");
        String body = lines ? wish.body().toString() : json(wish.body());
        return wish.client().send(request.header("Content-Type", lines ? "application/x-ndjson" : "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }

    /// Until nothing goes on by itself any more: no event waits to be published, no job to be done.
    private void settle() {
        Eventually.holds(() -> this.<Long>value("""
                select (select count(*) from outbox where published_at is null) + (select count(*) from token_job where finished_at is null)
                """) == 0);
    }

    /// Every row of every table, and every file of the store. Left out is what lives by itself: when a credential was last used, the
    /// numbers that the relay gives.
    private Map<String, String> everything() {
        Map<String, String> all = new TreeMap<>();
        try (Connection connection = database()) {
            for (String table : tables(connection)) {
                String row = switch (table) {
                    case "credential" -> "to_jsonb(t) - 'last_used_at'";
                    case "outbox" -> "to_jsonb(t) - array['published_at', 'position', 'attempts', 'last_error', 'parked_at']";
                    default -> "to_jsonb(t)";
                };
                try (var statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("select (" + row + ")::text from " + table + " t order by 1")) {
                    List<String> lines = new ArrayList<>();
                    while (rows.next()) {
                        lines.add(rows.getString(1));
                    }
                    all.put(table, String.join("\n", lines));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        all.put("files", files());
        return all;
    }

    private static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select table_name from information_schema.tables
                        where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'relay'
                        """)) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        assertThat(tables).contains("token", "evaluation_key", "outbox", "audit", "kept_answer", "access_record");
        return tables;
    }

    private String files() {
        try (Stream<Path> files = Files.walk(configuration().store())) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.append(file).append(' ').append(Files.size(file)).append('\n');
            }
            return all.toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
