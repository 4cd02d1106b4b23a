package dev.keyswitch.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.RawConnection.RawAnswer;
import dev.keyswitch.api.RawConnection;
import dev.keyswitch.api.Samples;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.contract.account.CreateAccount;
import dev.keyswitch.contract.account.CreateCredential;
import dev.keyswitch.contract.account.CreatedAccount;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.account.Whoami;
import dev.keyswitch.contract.holder.ChangeHolder;
import dev.keyswitch.contract.holder.CreateHolder;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.token.AssignToken;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may do what, and what nobody learns about others.
class RolesIT extends ApiIT {

    private static final Set<Role> READERS = Set.of(Role.OWNER, Role.OPERATOR, Role.VIEWER, Role.AGENT);
    private static final Set<Role> CHANGERS = Set.of(Role.OWNER, Role.OPERATOR);
    private static final Set<Role> OWNERS = Set.of(Role.OWNER);

    @Test
    void letsEveryRoleDoItsOwnAndNoMore() {
        UUID holder = owner().get("/v1/holders").json().at("/items/0/id").asText().transform(UUID::fromString);
        UUID model = Samples.model(owner(), "of all roles").id();
        UUID token = Samples.token(owner(), "of all roles").id();
        Samples.assign(owner(), token, model);
        Map<Function<TestClient, TestClient.Answer>, Set<Role>> operations = new LinkedHashMap<>();
        operations.put(client -> client.get("/v1/whoami"), Set.of(Role.values()));
        operations.put(client -> client.get("/v1/account"), READERS);
        operations.put(client -> client.get("/v1/models"), READERS);
        operations.put(client -> client.get("/v1/models/" + model), READERS);
        operations.put(client -> client.get("/v1/models/" + model + "/encryption-parameters"), READERS);
        operations.put(client -> client.get("/v1/tokens"), READERS);
        operations.put(client -> client.get("/v1/tokens/" + token), READERS);
        operations.put(client -> client.get("/v1/tokens/" + token + "/assignments"), READERS);
        operations.put(client -> client.get("/v1/holders"), READERS);
        operations.put(client -> client.get("/v1/holders/" + holder), READERS);
        operations.put(client -> client.post("/v1/tokens", CreateToken.named("by role")), CHANGERS);
        operations.put(client -> client.put("/v1/tokens/" + token + "/assignment", new AssignToken(model, false, null)), CHANGERS);
        operations.put(client -> client.delete("/v1/tokens/" + token + "/assignment?modelId=" + model), CHANGERS);
        operations.put(client -> client.delete("/v1/tokens/" + token), CHANGERS);
        operations.put(client -> client.post("/v1/models", new CreateModel("by " + UUID.randomUUID(), null, Samples.profile())), OWNERS);
        operations.put(client -> client.delete("/v1/models/" + model), OWNERS);
        operations.put(client -> client.post("/v1/holders", new CreateHolder("by " + UUID.randomUUID(), null)), OWNERS);
        operations.put(client -> client.patch("/v1/holders/" + holder, new ChangeHolder(null, null)), Set.of(Role.OWNER, Role.AGENT));
        operations.put(client -> client.get("/v1/credentials"), OWNERS);
        operations.put(client -> client.post("/v1/credentials", new CreateCredential("c", Role.VIEWER, null)), OWNERS);
        operations.put(client -> client.delete("/v1/credentials/" + UUID.randomUUID()), OWNERS);
        operations.put(client -> client.get("/v1/accounts"), Set.of(Role.ADMIN));
        operations.put(client -> client.post("/v1/accounts", new CreateAccount("a-" + UUID.randomUUID(), null)), Set.of(Role.ADMIN));
        Map<Role, TestClient> clients = new LinkedHashMap<>();
        for (Role role : Role.values()) {
            clients.put(role, role == Role.ADMIN ? admin() : with(Samples.credential(owner(), role, role == Role.AGENT ? holder : null)));
        }

        // The refused ones first: they must not have changed what the others then find.
        int number = 0;
        for (var operation : operations.entrySet()) {
            number++;
            for (Role role : Role.values()) {
                if (!operation.getValue().contains(role)) {
                    assertThat(operation.getKey().apply(clients.get(role)).status())
                            .as(role + " operation " + number)
                            .isEqualTo(403);
                }
            }
        }
        number = 0;
        for (var operation : operations.entrySet()) {
            number++;
            for (Role role : operation.getValue()) {
                assertThat(operation.getKey().apply(clients.get(role)).status())
                        .as(role + " operation " + number)
                        .isNotIn(401, 403)
                        .isLessThan(500);
            }
        }
    }

    @Test
    void hidesEverythingOfAnotherAccount() {
        CreatedAccount other = admin().post("/v1/accounts", new CreateAccount("other", "Other Inc.")).as(201, CreatedAccount.class);
        TestClient stranger = with(String.valueOf(other.ownerCredential().value()));
        UUID model = Samples.model(owner(), "mine").id();
        Token token = Samples.token(owner(), "mine");
        Samples.assign(owner(), token.id(), model);
        UUID strangersModel = Samples.model(stranger, "mine").id();
        UUID strangersToken = Samples.token(stranger, "theirs").id();
        UUID holder = token.holderId();

        stranger.get("/v1/models/" + model).problem(404, "not-found");
        stranger.get("/v1/models/" + model + "/encryption-parameters").problem(404, "not-found");
        stranger.delete("/v1/models/" + model).problem(404, "not-found");
        stranger.get("/v1/tokens/" + token.id()).problem(404, "not-found");
        stranger.delete("/v1/tokens/" + token.id()).problem(404, "not-found");
        stranger.get("/v1/tokens/" + token.id() + "/assignments").problem(404, "not-found");
        stranger.put("/v1/tokens/" + token.id() + "/assignment", new AssignToken(strangersModel, true, null)).problem(404, "not-found");
        stranger.put("/v1/tokens/" + strangersToken + "/assignment", new AssignToken(model, true, null)).problem(404, "not-found");
        stranger.post("/v1/tokens", new CreateToken("x", null, null, null, model, null, null)).problem(404, "not-found");
        stranger.post("/v1/tokens", new CreateToken("x", null, null, null, null, null, holder)).problem(404, "not-found");
        stranger.delete("/v1/tokens/" + token.id() + "/assignment").problem(404, "not-found");
        stranger.get("/v1/holders/" + holder).problem(404, "not-found");
        stranger.patch("/v1/holders/" + holder, new ChangeHolder("stolen", null)).problem(404, "not-found");
        stranger.post("/v1/credentials", new CreateCredential("x", Role.AGENT, holder)).problem(404, "not-found");
        stranger.delete("/v1/credentials/" + owner().get("/v1/whoami").as(200, Whoami.class).credentialId()).problem(404, "not-found");
        assertThat(stranger.get("/v1/tokens").json().path("items")).hasSize(1);
        assertThat(stranger.get("/v1/tokens?modelId=" + model).json().path("items")).isEmpty();
        assertThat(stranger.get("/v1/models").json().path("items")).hasSize(1);
        assertThat(stranger.get("/v1/holders").json().path("items")).hasSize(1);
        assertThat(stranger.get("/v1/credentials").json().path("items")).hasSize(1);
        assertThat(stranger.get("/v1/account").json().path("slug").asText()).isEqualTo("other");
        assertThat(owner().get("/v1/tokens/" + token.id()).as(200, Token.class).modelId()).isEqualTo(model);
    }

    @Test
    void showsAnAgentOnlyWhatBelongsToItsHolder() {
        Holder ours = Samples.holder(owner(), "ours");
        Holder others = Samples.holder(owner(), "others");
        TestClient agent = with(Samples.credential(owner(), Role.AGENT, ours.id()));
        UUID model = Samples.model(owner(), "for the agent").id();
        UUID hidden = Samples.model(owner(), "not for the agent").id();
        UUID our = token("agent ours", ours.id());
        UUID their = token("agent theirs", others.id());
        agent.get("/v1/models/" + model).problem(404, "not-found");
        Samples.assign(owner(), our, model);
        Samples.assign(owner(), their, hidden);

        assertThat(agent.get("/v1/tokens/" + our).status()).isEqualTo(200);
        agent.get("/v1/tokens/" + their).problem(404, "not-found");
        agent.get("/v1/tokens/" + their + "/assignments").problem(404, "not-found");
        assertThat(agent.get("/v1/tokens").json().path("items")).hasSize(1);
        assertThat(agent.get("/v1/models/" + model).status()).isEqualTo(200);
        assertThat(agent.get("/v1/models/" + model + "/encryption-parameters").status()).isEqualTo(200);
        agent.get("/v1/models/" + hidden).problem(404, "not-found");
        assertThat(agent.get("/v1/models").json().path("items")).hasSize(1);
        agent.get("/v1/holders/" + others.id()).problem(404, "not-found");
        assertThat(agent.get("/v1/holders").json().path("items")).hasSize(1);
        agent.patch("/v1/holders/" + others.id(), new ChangeHolder(null, "a".repeat(64))).problem(404, "not-found");
        agent.patch("/v1/holders/" + ours.id(), new ChangeHolder("renamed", null)).problem(403, "forbidden");
        assertThat(agent.patch("/v1/holders/" + ours.id(), new ChangeHolder(null, "a".repeat(64)))
                        .as(200, Holder.class)
                        .rootFingerprint())
                .isEqualTo("a".repeat(64));
    }

    private UUID token(String name, UUID holder) {
        return owner().post("/v1/tokens", new CreateToken(name, null, null, null, null, null, holder))
                .as(201, Token.class)
                .id();
    }

    @Test
    void revokesACredentialAtOnceAndKeepsTheLastOwner() {
        Credential created = owner().post("/v1/credentials", new CreateCredential("temporary", Role.VIEWER, null))
                .as(201, Credential.class);
        TestClient viewer = with(String.valueOf(created.value()));
        assertThat(viewer.get("/v1/whoami").status()).isEqualTo(200);
        assertThat(owner().get("/v1/credentials").text()).doesNotContain(String.valueOf(created.value()));

        assertThat(owner().delete("/v1/credentials/" + created.id()).status()).isEqualTo(204);

        viewer.get("/v1/whoami").problem(401, "unauthenticated");
        owner().delete("/v1/credentials/" + created.id()).problem(404, "not-found");
        UUID own = owner().get("/v1/whoami").as(200, Whoami.class).credentialId();
        List<UUID> owners = owner().get("/v1/credentials").json().findValuesAsText("id").stream().map(UUID::fromString).toList();
        for (UUID credential : owners) {
            if (!credential.equals(own)) {
                assertThat(owner().delete("/v1/credentials/" + credential).status()).isEqualTo(204);
            }
        }
        owner().delete("/v1/credentials/" + own).problem(409, "conflict");
    }

    @Test
    void refusesBadCredentialsAndAccounts() {
        owner().post("/v1/credentials", "{}").problem(422, "invalid-fields");
        owner().post("/v1/credentials", new CreateCredential("x", Role.ADMIN, null)).problem(422, "invalid-fields");
        owner().post("/v1/credentials", new CreateCredential("x", Role.AGENT, null)).problem(422, "invalid-fields");
        owner().post("/v1/credentials", new CreateCredential("x", Role.AGENT, UUID.randomUUID())).problem(404, "not-found");
        owner().post("/v1/credentials", new CreateCredential("x", Role.VIEWER, UUID.randomUUID())).problem(422, "invalid-fields");
        admin().post("/v1/accounts", new CreateAccount("Not A Slug", null)).problem(422, "invalid-fields");
        admin().post("/v1/accounts", new CreateAccount(null, null)).problem(422, "invalid-fields");
        admin().post("/v1/accounts", new CreateAccount(configuration().account(), null)).problem(409, "conflict");
        assertThat(admin().get("/v1/accounts?limit=1").json().path("items")).hasSize(1);
    }

    @Test
    void refusesACredentialThatIsSentInAnyOtherWay() {
        String value = Samples.credential(owner(), Role.VIEWER, null);

        TestClient nobody = withoutCredential();
        nobody.get("/v1/whoami?access_token=" + value).problem(401, "unauthenticated");
        nobody.send(nobody.request("/v1/whoami").header("Authorization", "Basic " + value)).problem(401, "unauthenticated");
        nobody.send(nobody.request("/v1/whoami").header("Authorization", value)).problem(401, "unauthenticated");
        nobody.send(nobody.request("/v1/whoami").header("Authorization", "Bearer")).problem(401, "unauthenticated");
        nobody.send(nobody.request("/v1/whoami")
                        .header("Authorization", "Bearer " + value)
                        .header("Authorization", "Bearer " + value))
                .problem(401, "unauthenticated");
        assertThat(nobody.send(nobody.request("/v1/whoami").header("Authorization", "bearer " + value)).status()).isEqualTo(200);
        String token = String.valueOf(Samples.token(owner(), "not a credential").value());
        with(token).get("/v1/whoami").problem(401, "unauthenticated");
        assertThat(nobody.get("/v1/whoami").header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    /// However the address is written, whoever has no credential learns nothing; it is asked for before it is known whether there is such a call.
    @ParameterizedTest
    @CsvSource({
        "/v1/tokens, 401",
        "/v1/tokens?limit=1, 401",
        "/v1/tokens/, 401",
        "/v1//tokens, 401",
        "/v1/nothing, 401",
        "/v1/, 401",
        "/v1, 401",
        "http://elsewhere.example/v1/tokens, 401",
        "/v1/./tokens, 401",
        "/v1/../v1/tokens, 401",
        "/v1%2Ftokens, 404",
        "/%76%31/tokens, 404",
        "//v1/tokens, 404",
        "/./v1/tokens, 404",
        "/x/../v1/tokens, 404",
        "/V1/tokens, 404",
        "/v1;a=b/tokens, 404",
    })
    void asksForACredentialHoweverTheAddressIsWritten(String target, int status) throws IOException {
        Samples.token(owner(), "nobody's business");
        try (RawConnection nobody = new RawConnection(server().uri())) {
            RawAnswer answer = nobody.send(
                    ("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII), false);

            assertThat(answer.status()).as("%s", answer.text()).isEqualTo(status);
            assertThat(answer.text()).doesNotContain("nobody's business");
        }
    }
}
