package dev.keyswitch.api;

import dev.keyswitch.contract.account.CreateCredential;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.holder.CreateHolder;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.Rotations;
import dev.keyswitch.contract.token.AssignToken;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Token;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Things that most tests begin with, made over HTTP.
public final class Samples {

    private static final EncryptionProfile BFV =
            EncryptionProfile.bfv(4096, 20, 36, 36, 37).withRotations(Rotations.steps(1));

    private Samples() {}

    /// A small profile, so that its keys are made in no time.
    public static EncryptionProfile profile() {
        return BFV;
    }

    public static Model model(TestClient client, String name) {
        return client.post("/v1/models", new CreateModel(name, null, BFV)).as(201, Model.class);
    }

    public static Token token(TestClient client, String name) {
        return client.post("/v1/tokens", CreateToken.named(name)).as(201, Token.class);
    }

    public static Token assign(TestClient client, UUID token, UUID model) {
        return client.put("/v1/tokens/" + token + "/assignment", new AssignToken(model, null, null))
                .as(200, Token.class);
    }

    public static Token reassign(TestClient client, UUID token, UUID model) {
        return client.put("/v1/tokens/" + token + "/assignment", new AssignToken(model, true, null))
                .as(200, Token.class);
    }

    public static Holder holder(TestClient client, String name) {
        return client.post("/v1/holders", new CreateHolder(name, null)).as(201, Holder.class);
    }

    /// The value of a new credential.
    public static String credential(TestClient client, Role role, @Nullable UUID holder) {
        Credential created = client.post("/v1/credentials", new CreateCredential("test " + role, role, holder))
                .as(201, Credential.class);
        return String.valueOf(created.value());
    }
}
