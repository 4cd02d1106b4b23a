package dev.keyswitch.api.evaluationkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.TestClient.Answer;
import dev.keyswitch.api.TestClient;
import dev.keyswitch.contract.access.Introspection.Reason;
import dev.keyswitch.contract.access.Self;
import dev.keyswitch.contract.account.Account;
import dev.keyswitch.contract.account.ChangeAccount;
import dev.keyswitch.contract.account.CreateAccount;
import dev.keyswitch.contract.account.CreateCredential;
import dev.keyswitch.contract.account.CreatedAccount;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.RollToken;
import dev.keyswitch.contract.token.Token;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What end users, bound model servers and suspended accounts may do.
class SelfIT extends AssignedKeyIT {

    private static final EncryptionProfile PROFILE = EncryptionProfile.bfv(4096, 20, 36, 36, 37);

    @Test
    void tellsATokenWhatItsQueryClientNeeds() {
        Model model = model(PROFILE);
        Token token = token("asks for itself");
        TestClient user = with(Objects.requireNonNull(token.value()));
        assertThat(self(user).reason()).isEqualTo(Reason.TOKEN_UNASSIGNED);
        EvaluationKey wanted = Objects.requireNonNull(assign(token, model, false).evaluationKey());
        assertThat(self(user).reason()).isEqualTo(Reason.EVALUATION_KEY_NOT_READY);
        assertThat(self(user).encryptionProfile()).isEqualTo(model.encryptionProfile());

        EvaluationKey key = make(wanted);

        Self self = self(user);
        assertThat(self.active()).isTrue();
        assertThat(self.reason()).isNull();
        assertThat(self.tokenId()).isEqualTo(token.id());
        assertThat(self.modelId()).isEqualTo(model.id());
        assertThat(self.modelName()).isEqualTo(model.name());
        assertThat(self.generation()).isEqualTo(1);
        assertThat(self.evaluationKey()).isEqualTo(key);
        assertThat(self.encryptionProfile()).isEqualTo(model.encryptionProfile());
        assertThat(self.expiresAt()).isEqualTo(token.expiresAt());
    }

    @Test
    void isOpenToTheValueOfATokenAndToNothingElse() {
        Token token = token("closed");
        TestClient user = with(Objects.requireNonNull(token.value()));

        owner().get("/v1/self").problem(401, "unauthenticated");
        withoutCredential().get("/v1/self").problem(401, "unauthenticated");
        with(newValue("kst_").reveal()).get("/v1/self").problem(401, "unauthenticated");
        for (String path : List.of("/v1/tokens", "/v1/whoami", "/v1/tokens/" + token.id())) {
            user.get(path).problem(401, "unauthenticated");
        }
    }

    @Test
    void honoursTheGraceOfARoll() {
        Token token = token("rolled self");
        TestClient before = with(Objects.requireNonNull(token.value()));
        Token rolled = owner().post("/v1/tokens/" + token.id() + "/roll", new RollToken(60)).as(200, Token.class);

        assertThat(self(before)).isEqualTo(self(with(Objects.requireNonNull(rolled.value()))));
        execute("update token set previous_value_until = now() where id = ?", token.id());
        before.get("/v1/self").problem(401, "unauthenticated");
    }

    @Test
    void bindsAGatewayToCertainModels() {
        Model ours = model(PROFILE);
        Model theirs = model(PROFILE);
        Token token = token("for two servers");
        EvaluationKey key = make(Objects.requireNonNull(assign(token, ours, false).evaluationKey()));
        Credential bound = owner().post("/v1/credentials", new CreateCredential("server", Role.GATEWAY, null, List.of(ours.id())))
                .as(201, Credential.class);
        Credential other = owner().post("/v1/credentials", new CreateCredential("server", Role.GATEWAY, null, List.of(theirs.id())))
                .as(201, Credential.class);

        assertThat(bound.modelIds()).containsExactly(ours.id());
        assertThat(ask(bound, token, ours).status()).isEqualTo(200);
        ask(bound, token, theirs).problem(403, "forbidden");
        ask(other, token, ours).problem(403, "forbidden");
        String content = "/v1/evaluation-keys/" + key.id() + "/content";
        assertThat(with(Objects.requireNonNull(bound.value())).get(content).status()).isEqualTo(200);
        with(Objects.requireNonNull(other.value())).get(content).problem(404, "not-found");
        owner().post("/v1/credentials", new CreateCredential("x", Role.VIEWER, null, List.of(ours.id()))).problem(422, "invalid-fields");
        owner().post("/v1/credentials", new CreateCredential("x", Role.GATEWAY, null, List.of())).problem(422, "invalid-fields");
        owner().post("/v1/credentials", new CreateCredential("x", Role.GATEWAY, null, List.of(UUID.randomUUID()))).problem(404, "not-found");
    }

    @Test
    void refusesEverythingOfASuspendedAccountAndNothingOfOthers() {
        CreatedAccount created = admin().post("/v1/accounts", new CreateAccount("s" + UUID.randomUUID().toString().substring(0, 8), null))
                .as(201, CreatedAccount.class);
        TestClient people = with(Objects.requireNonNull(created.ownerCredential().value()));
        Token token = people.post("/v1/tokens", CreateToken.named("theirs")).as(201, Token.class);
        TestClient user = with(Objects.requireNonNull(token.value()));
        String path = "/v1/accounts/" + created.account().id();

        Account suspended = admin().post(path + "/suspend", "").as(200, Account.class);

        assertThat(suspended.suspendedAt()).isNotNull();
        assertThat(admin().post(path + "/suspend", "").as(200, Account.class)).isEqualTo(suspended);
        people.get("/v1/whoami").problem(401, "unauthenticated");
        user.get("/v1/self").problem(401, "unauthenticated");
        assertThat(owner().get("/v1/whoami").status()).isEqualTo(200);
        owner().post(path + "/suspend", "").problem(403, "forbidden");
        admin().post("/v1/accounts/" + UUID.randomUUID() + "/suspend", "").problem(404, "not-found");

        assertThat(admin().post(path + "/resume", "").as(200, Account.class).suspendedAt()).isNull();
        assertThat(people.get("/v1/whoami").status()).isEqualTo(200);
        assertThat(self(user).tokenId()).isEqualTo(token.id());
    }

    @Test
    void givesNewTokensTheLifetimeOfTheAccount() {
        Account before = owner().get("/v1/account").as(200, Account.class);
        assertThat(before.tokenLifetimeDays()).isEqualTo(30);

        assertThat(owner().patch("/v1/account", new ChangeAccount(before.name(), 90)).as(200, Account.class).tokenLifetimeDays()).isEqualTo(90);
        Token token = token("lives long");
        owner().patch("/v1/account", new ChangeAccount(before.name(), 30)).as(200, Account.class);

        assertThat(Duration.between(token.createdAt(), token.expiresAt())).isEqualTo(Duration.ofDays(90));
        owner().patch("/v1/account", new ChangeAccount(before.name(), 366)).problem(422, "invalid-fields");
        agent().patch("/v1/account", new ChangeAccount(before.name(), 30)).problem(403, "forbidden");
    }

    private static Self self(TestClient user) {
        return user.get("/v1/self").as(200, Self.class);
    }

    private Answer ask(Credential gateway, Token token, Model model) {
        TestClient client = with(Objects.requireNonNull(gateway.value()));
        return client.send(client.request("/v1/introspect")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + token.value() + "&model_id=" + model.id())));
    }
}
