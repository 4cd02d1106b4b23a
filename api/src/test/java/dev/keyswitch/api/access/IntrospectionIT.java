package dev.keyswitch.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.TestClient.Answer;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.api.security.ShownOnceValues;
import dev.keyswitch.contract.access.Introspection.Reason;
import dev.keyswitch.contract.access.Introspection;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.AssignToken;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.value.ShownOnceValue;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IntrospectionIT extends ApiIT {

    private static final String SHA256 = "0123456789abcdef".repeat(4);

    @Test
    void saysYesWithTheEvaluationKeyInForce() {
        Model model = model();
        Token token = ready(model);

        Introspection answer = ask(token, model.id());

        UUID key = keyOf(token);
        assertThat(answer)
                .isEqualTo(new Introspection(
                        true,
                        token.id(),
                        model.id(),
                        token.expiresAt().getEpochSecond(),
                        null,
                        new Introspection.EvaluationKeyReference(key, 1, SHA256, "/v1/evaluation-keys/" + key + "/content")));
        assertThat(ask(token, model.id(), key)).isEqualTo(answer);
    }

    @Test
    void namesTheFirstThingInTheWay() {
        Model model = model();
        Model other = model();
        Token token = ready(model);
        UUID foreignKey = UUID.randomUUID();

        // Everything at once is in the way; one after the other is put right, in the order of the contract.
        execute(
                "update token set status = 'SUSPENDED', expires_at = now() - interval '1 second' where id = ?",
                token.id());
        execute("update model set status = 'INACTIVE' where id = ?", model.id());
        execute("update evaluation_key set state = 'GENERATING' where token_id = ?", token.id());
        assertReason(Reason.TOKEN_SUSPENDED, token, other.id(), foreignKey);
        execute("update token set status = 'CANCELED' where id = ?", token.id());
        assertReason(Reason.TOKEN_CANCELED, token, other.id(), foreignKey);
        execute("update token set status = 'ACTIVE' where id = ?", token.id());
        assertReason(Reason.TOKEN_EXPIRED, token, other.id(), foreignKey);
        execute("update token set expires_at = now() + interval '1 day' where id = ?", token.id());
        assertReason(Reason.OTHER_MODEL, token, other.id(), foreignKey);
        assertReason(Reason.OTHER_MODEL, token, UUID.randomUUID(), foreignKey);
        assertReason(Reason.MODEL_INACTIVE, token, model.id(), foreignKey);
        execute("update model set status = 'ACTIVE' where id = ?", model.id());
        for (String state : new String[] {"REQUESTED", "GENERATING", "FAILED", "SUPERSEDED", "REVOKED"}) {
            execute("update evaluation_key set state = ? where token_id = ?", state, token.id());
            assertReason(Reason.EVALUATION_KEY_NOT_READY, token, model.id(), foreignKey);
        }
        execute("update evaluation_key set state = 'READY' where token_id = ?", token.id());
        assertReason(Reason.OTHER_EVALUATION_KEY, token, model.id(), foreignKey);
        assertThat(ask(token, model.id()).active()).isTrue();
    }

    @Test
    void saysNoBeforeAndAfterAnAssignment() {
        Model model = model();
        Token token = token();

        assertReason(Reason.TOKEN_UNASSIGNED, token, model.id(), null);
        assign(token, model, false);
        assertReason(Reason.EVALUATION_KEY_NOT_READY, token, model.id(), null);
        makeReady(token);
        assertThat(ask(token, model.id()).active()).isTrue();
        owner().delete("/v1/tokens/" + token.id() + "/assignment");
        assertReason(Reason.TOKEN_UNASSIGNED, token, model.id(), null);
    }

    @Test
    void doesNotTakeTheOldModelsKeyForTheNewOne() {
        Model model = model();
        Token token = ready(model);
        UUID oldKey = keyOf(token);
        Model next = model();

        assign(token, next, true);

        assertReason(Reason.OTHER_MODEL, token, model.id(), oldKey);
        assertReason(Reason.EVALUATION_KEY_NOT_READY, token, next.id(), oldKey);
        makeReady(token);
        assertReason(Reason.OTHER_EVALUATION_KEY, token, next.id(), oldKey);
        assertThat(ask(token, next.id(), keyOf(token)).active()).isTrue();
    }

    @Test
    void answersABareNoToWhateverIsNotATokenOfTheAccount() {
        Model model = model();
        Token token = ready(model);
        String value = Objects.requireNonNull(token.value());
        TestClient foreign = otherAccount();
        Token deleted = ready(model);
        owner().delete("/v1/tokens/" + deleted.id());

        assertBareNo(owner(), "nonsense", model.id());
        assertBareNo(owner(), value.substring(0, value.length() - 1) + (value.endsWith("0") ? "1" : "0"), model.id());
        assertBareNo(owner(), unknown(), model.id());
        assertBareNo(owner(), "\u0000\ud83d\ude00", model.id());
        assertBareNo(owner(), "", model.id());
        assertBareNo(owner(), Objects.requireNonNull(deleted.value()), model.id());
        assertBareNo(foreign, value, model.id());
        assertThat(ask(token, model.id()).active()).isTrue();
    }

    @Test
    void remembersTheLastUseOnceAMinuteAndWithoutChangingTheToken() throws Exception {
        Model model = model();
        Token token = ready(model);
        Token unused = ready(model);
        Object version = value("select version from token where id = ?", token.id());

        ask(unused, UUID.randomUUID());
        ask(token, model.id());
        Object first = lastUse(token, null);
        assertThat(use(unused)).isNull();
        ask(token, model.id());
        ask(unused, model.id());
        lastUse(unused, null);
        assertThat(use(token)).isEqualTo(first);

        execute("update token_use set used_at = now() - interval '61 seconds' where token_id = ?", token.id());
        Object old = use(token);
        try (Connection busy = database()) {
            busy.setAutoCommit(false);
            busy.createStatement().executeQuery("select 1 from token where id = '" + token.id() + "' for update");
            // Somebody changes the token: neither the answer nor the uses of others wait for that.
            assertThat(ask(token, model.id()).active()).isTrue();
            Token other = ready(model);
            ask(other, model.id());
            lastUse(other, null);
            // Closing alone lets the lock go a moment later.
            busy.rollback();
        }
        ask(token, model.id());
        lastUse(token, old);
        assertThat(this.<Object>value("select version from token where id = ?", token.id())).isEqualTo(version);
    }

    private @Nullable Object use(Token token) {
        return value("select max(used_at) from token_use where token_id = ?", token.id());
    }

    /// Uses are written together, about once a second.
    private Object lastUse(Token token, @Nullable Object before) throws Exception {
        Instant deadline = Instant.now().plusSeconds(20);
        Object use = use(token);
        while (Objects.equals(use, before) && Instant.now().isBefore(deadline)) {
            Thread.sleep(50);
            use = use(token);
        }
        assertThat(use).isNotNull().isNotEqualTo(before);
        return use;
    }

    @Test
    void isForModelServersAndManagers() {
        Model model = model();
        Token token = ready(model);
        String form = "token=" + token.value() + "&model_id=" + model.id();
        for (Role role : Role.values()) {
            if (role == Role.ADMIN) {
                post(admin(), form).problem(403, "forbidden");
            } else {
                int status = post(credential(role), form).status();
                boolean allowed = role == Role.GATEWAY || role == Role.OWNER || role == Role.OPERATOR;
                assertThat(status).as(role.name()).isEqualTo(allowed ? 200 : 403);
            }
        }
        post(withoutCredential(), form).problem(401, "unauthenticated");
    }

    @Test
    void refusesAFormThatAsksNothing() {
        post(owner(), "").problem(422, "invalid-fields");
        post(owner(), "token=x").problem(422, "invalid-fields");
        post(owner(), "model_id=" + UUID.randomUUID()).problem(422, "invalid-fields");
        post(owner(), "token=x&model_id=1").problem(422, "invalid-fields");
        post(owner(), "token=x&model_id=" + UUID.randomUUID() + "&evaluation_key_id=%00").problem(422, "invalid-fields");
        post(owner(), "token=x&token=y&model_id=" + UUID.randomUUID()).problem(422, "invalid-fields");
        post(owner(), "%%%=&&&=%zz").problem(400, "malformed-request");
        owner().post("/v1/introspect", "{\"token\":\"x\"}").problem(415, "unsupported-media-type");
        post(owner(), "token=" + "x".repeat(2 << 20)).problem(413, "payload-too-large");
    }

    /// Many at once on few threads: a body then arrives while its request waits.
    @Test
    void answersEveryOneOfManyAtOnce() throws Exception {
        Model model = model();
        Token token = ready(model);
        List<Callable<Boolean>> askers = Collections.nCopies(16, () -> {
            boolean all = true;
            for (int i = 0; i < 100; i++) {
                all &= ask(token, model.id()).active();
            }
            return all;
        });

        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            assertThat(threads.invokeAll(askers)).allSatisfy(answers -> assertThat(answers.get()).isTrue());
        }
    }

    private Model model() {
        CreateModel wanted = new CreateModel("model " + UUID.randomUUID(), null, EncryptionProfile.bfv(4096, 20, 36, 36, 37));
        return owner().post("/v1/models", wanted).as(201, Model.class);
    }

    private Token token() {
        return owner().post("/v1/tokens", CreateToken.named("a token")).as(201, Token.class);
    }

    private Token ready(Model model) {
        Token token = token();
        assign(token, model, false);
        makeReady(token);
        return token;
    }

    private void assign(Token token, Model model, boolean reassign) {
        owner().put("/v1/tokens/" + token.id() + "/assignment", new AssignToken(model.id(), reassign, null))
                .as(200, Token.class);
    }

    private void makeReady(Token token) {
        execute(
                "update evaluation_key set state = 'READY', sha256 = ? where token_id = ? and state = 'REQUESTED'",
                SHA256,
                token.id());
        execute("update token set active_generation = generation where id = ?", token.id());
    }

    private UUID keyOf(Token token) {
        return value(
                "select k.id from evaluation_key k join token t on t.id = k.token_id and t.generation = k.generation where t.id = ?",
                token.id());
    }

    private Introspection ask(Token token, UUID model) {
        return ask(token, model, null);
    }

    private Introspection ask(Token token, UUID model, @Nullable UUID key) {
        return form(owner(), Objects.requireNonNull(token.value()), model, key).as(200, Introspection.class);
    }

    private void assertReason(Reason reason, Token token, UUID model, @Nullable UUID key) {
        Introspection answer = ask(token, model, key);
        assertThat(answer.active()).isFalse();
        assertThat(answer.reason()).isEqualTo(reason);
        assertThat(answer.tokenId()).isEqualTo(token.id());
        assertThat(answer.modelId()).isNull();
        assertThat(answer.evaluationKey()).isNull();
    }

    private static void assertBareNo(TestClient client, String value, UUID model) {
        Answer answer = form(client, value, model, null);
        JsonNode json = answer.json();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(json.toString()).isEqualTo("{\"active\":false}");
    }

    private static Answer form(TestClient client, String value, UUID model, @Nullable UUID key) {
        return post(
                client,
                "token=" + URLEncoder.encode(value, StandardCharsets.UTF_8) + "&model_id=" + model
                        + (key == null ? "" : "&evaluation_key_id=" + key));
    }

    private static Answer post(TestClient client, String form) {
        return client.send(client.request("/v1/introspect")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    private TestClient credential(Role role) {
        UUID account = value("select id from account where slug = ?", configuration().account());
        return credential(role, account, role == Role.AGENT ? value("select default_holder_id from account where id = ?", account) : null);
    }

    private TestClient credential(Role role, UUID account, @Nullable UUID holder) {
        String value = newValue(ShownOnceValue.CREDENTIAL_PREFIX);
        execute(
                """
                insert into credential (id, account_id, name, role, holder_id, value_hash, value_hint, created_at)
                values (?, ?, 'a test', ?, ?, ?, 'abcd', now())
                """,
                UUID.randomUUID(),
                account,
                role.name(),
                holder,
                ShownOnceValues.hash(value));
        return with(value);
    }

    private TestClient otherAccount() {
        UUID account = UUID.randomUUID();
        UUID holder = UUID.randomUUID();
        execute(
                """
                with a as (insert into account values (?, ?, 'other', ?, now()))
                insert into holder values (?, ?, 'theirs', null, now())
                """,
                account,
                "o" + account.toString().substring(0, 8),
                holder,
                holder,
                account);
        return credential(Role.OWNER, account, null);
    }

    private static String unknown() {
        return newValue(ShownOnceValue.TOKEN_PREFIX);
    }

    private static String newValue(String prefix) {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return ShownOnceValue.of(prefix, secret).reveal();
    }
}
