package dev.keyswitch.api.evaluationkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.contract.access.Introspection;
import dev.keyswitch.contract.evaluationkey.ClaimEvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyClaim;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.evaluationkey.Upload;
import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.AssignToken;
import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.keygen.KeyProfile;
import dev.keyswitch.profile.EncryptionProfiles;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;

/// Tokens that are assigned over HTTP, and what a worker does for them.
abstract class AssignedKeyIT extends EvaluationKeyIT {

    /// What a worker does, from the claim to the end; then the key can be downloaded.
    final EvaluationKey make(EvaluationKey wanted) {
        EvaluationKey ready = finish(wanted);
        assertThat(ready.state()).isEqualTo(EvaluationKeyState.READY);
        assertThat(sha256(owner().get("/v1/evaluation-keys/" + wanted.id() + "/content").bytes())).isEqualTo(ready.sha256());
        return ready;
    }

    /// The same, whatever becomes of the key.
    final EvaluationKey finish(EvaluationKey wanted) {
        EvaluationKeyClaim claim = claim(wanted.id(), wanted.generation());
        KeyProfile profile = EncryptionProfiles.of(claim.encryptionProfile());
        byte[] bytes = newKey(profile);
        Upload upload = upload(wanted.id(), claim.attempt(), bytes);
        return complete(agent(), upload, announced(profile, bytes)).as(200, EvaluationKey.class);
    }

    final EvaluationKeyClaim claim(UUID key, long generation) {
        return agent()
                .post("/v1/evaluation-keys/" + key + "/claim", new ClaimEvaluationKey(generation, FINGERPRINT, "worker-1"))
                .as(200, EvaluationKeyClaim.class);
    }

    final Upload upload(UUID key, int attempt, byte[] bytes) {
        Wanted wanted = new Wanted(key, key, key, 1, "");
        Upload upload = begun(agent(), wanted, attempt, bytes.length);
        assertThat(append(agent(), upload, 0, bytes).status()).isEqualTo(204);
        return upload;
    }

    final EvaluationKey read(UUID key) {
        return owner().get("/v1/evaluation-keys/" + key).as(200, EvaluationKey.class);
    }

    final Model model(EncryptionProfile profile) {
        return owner().post("/v1/models", new CreateModel("model " + UUID.randomUUID(), null, profile))
                .as(201, Model.class);
    }

    final Token assign(Token token, Model model, boolean reassign) {
        return owner().put("/v1/tokens/" + token.id() + "/assignment", new AssignToken(model.id(), reassign, null))
                .as(200, Token.class);
    }

    final Introspection introspect(Token token, Model model) {
        return owner().send(owner().request("/v1/introspect")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("token=" + token.value() + "&model_id=" + model.id())))
                .as(200, Introspection.class);
    }

    final Token assign(Token token, Model model, AssignmentMode mode) {
        return owner().put("/v1/tokens/" + token.id() + "/assignment", new AssignToken(model.id(), true, mode))
                .as(200, Token.class);
    }

    final Token token(String name) {
        return owner().post("/v1/tokens", CreateToken.named(name)).as(201, Token.class);
    }

    final Token read(Token token) {
        return owner().get("/v1/tokens/" + token.id()).as(200, Token.class);
    }

    static ClaimEvaluationKey claimOf(long generation) {
        return new ClaimEvaluationKey(generation, FINGERPRINT, "worker-1");
    }
}
