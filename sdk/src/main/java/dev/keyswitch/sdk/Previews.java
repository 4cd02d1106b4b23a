package dev.keyswitch.sdk;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.contract.holder.RotateRootKey;
import dev.keyswitch.contract.model.ChangeModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.preview.Preview;
import dev.keyswitch.contract.token.AssignToken;
import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.ChangeToken;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Token;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What changes would do. Each method answers what the method of the same name of [Tokens], [Models] or [Holders] would do, or throws what that
/// would throw, and nothing of it happens.
public final class Previews {
    private static final TypeReference<Preview<Token>> TOKEN = new TypeReference<>() {};
    private static final TypeReference<Preview<Model>> MODEL = new TypeReference<>() {};
    private static final TypeReference<Preview<Holder>> HOLDER = new TypeReference<>() {};

    private final Wire wire;

    Previews(Wire wire) {
        this.wire = wire;
    }

    public Preview<Token> create(CreateToken token) {
        return wire.preview("POST", Target.of("/v1/tokens"), token, TOKEN);
    }

    public Preview<Token> assign(UUID token, UUID model) {
        return assign(token, new AssignToken(model, null, null));
    }

    public Preview<Token> reassign(UUID token, UUID model, AssignmentMode mode) {
        return assign(token, new AssignToken(model, true, mode));
    }

    public Preview<Token> assign(UUID token, AssignToken assignment) {
        return wire.preview("PUT", token(token, "/assignment"), assignment, TOKEN);
    }

    /// @param expectedModel null: whichever it is
    public Preview<Token> unassign(UUID token, @Nullable UUID expectedModel) {
        return wire.preview("DELETE", token(token, "/assignment").with("modelId", expectedModel), null, TOKEN);
    }

    public Preview<Token> change(UUID token, ChangeToken change) {
        return wire.preview("PATCH", token(token, ""), change, TOKEN);
    }

    public Preview<Token> delete(UUID token) {
        return wire.preview("DELETE", token(token, ""), null, TOKEN);
    }

    public Preview<Model> changeModel(UUID model, ChangeModel change) {
        return wire.preview("PATCH", model(model, ""), change, MODEL);
    }

    public Preview<Model> changeEncryptionProfile(UUID model, EncryptionProfile profile) {
        return wire.preview("PUT", model(model, "/encryption-profile"), profile, MODEL);
    }

    public Preview<Model> activate(UUID model) {
        return wire.preview("POST", model(model, "/activate"), null, MODEL);
    }

    public Preview<Model> deactivate(UUID model) {
        return wire.preview("POST", model(model, "/deactivate"), null, MODEL);
    }

    /// @param unassignTokens as with [Models#deleteWithAssignments]
    public Preview<Model> deleteModel(UUID model, boolean unassignTokens) {
        return wire.preview("DELETE", model(model, "").with("unassignTokens", unassignTokens ? true : null), null, MODEL);
    }

    public Preview<Holder> rotateRootKey(UUID holder, String rootFingerprint) {
        return wire.preview(
                "POST", Target.of("/v1/holders/" + holder + "/rotate-root-key"), new RotateRootKey(rootFingerprint), HOLDER);
    }

    private static Target token(UUID token, String rest) {
        return Target.of("/v1/tokens/" + token + rest);
    }

    private static Target model(UUID model, String rest) {
        return Target.of("/v1/models/" + model + rest);
    }
}
