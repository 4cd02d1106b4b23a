package dev.keyswitch.cli;

import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.keygen.HolderMac;
import dev.keyswitch.keygen.KeyId;
import dev.keyswitch.keygen.KeyProfile;
import dev.keyswitch.keygen.RootKey;
import dev.keyswitch.keygen.SecretKey;
import dev.keyswitch.profile.EncryptionProfiles;
import dev.keyswitch.profile.EvaluationKeyParts;
import dev.keyswitch.sdk.KeyswitchClient;
import java.io.IOException;

/// The secret key of a token's present assignment, derived here. What the API says is only believed as far as it can
/// be checked against the holder's own files: the pinned deployment, the root key's fingerprint, and the mark that
/// the holder itself has put on a finished evaluation key.
record HolderKey(SecretKey secretKey, KeyProfile profile, String description) implements AutoCloseable {
    static HolderKey derive(Configuration configuration, String tokenIdOrName) throws IOException {
        try (HolderRoot root = HolderRoot.open(configuration.rootKey());
                KeyswitchClient client = configuration.connect()) {
            root.refuseOtherDeployment(client.whoami().deploymentId());
            Token token = new Lookup(client).token(tokenIdOrName);
            EvaluationKey key = present(token);
            refuseOtherRootKey(root.key(), key, client);
            KeyId id = new KeyId(root.deploymentId(), token.id(), key.modelId(), key.generation());
            refuseForeignKey(root.key(), id, key);
            Model model = client.models().get(key.modelId());
            KeyProfile profile = EncryptionProfiles.of(model.encryptionProfile());
            String description = "%s for %s (generation %d)".formatted(token.name(), model.name(), key.generation());
            return new HolderKey(
                    SecretKey.derive(root.key(), id, profile.parameters()), profile, Printable.text(description));
        }
    }

    @Override
    public void close() {
        secretKey.close();
    }

    private static EvaluationKey present(Token token) {
        if (token.evaluationKey() == null) {
            throw CommandException.refused("The token " + token.name() + " is not assigned, so it has no keys.");
        }
        return token.evaluationKey();
    }

    private static void refuseOtherRootKey(RootKey root, EvaluationKey key, KeyswitchClient client) {
        String expected = key.rootFingerprint() != null
                ? key.rootFingerprint()
                : client.holders().get(key.holderId()).rootFingerprint();
        if (expected != null && !expected.equals(root.fingerprint())) {
            throw CommandException.refused(
                    "This is not the root key of the token's key holder: its fingerprint is %s, the holder's %s."
                            .formatted(root.fingerprint(), expected),
                    "If the root key was rotated, set KEYSWITCH_ROOT_KEY to the former one, or wait for the token's new key.");
        }
    }

    /// A finished evaluation key without the holder's own mark was made by somebody else.
    private static void refuseForeignKey(RootKey root, KeyId id, EvaluationKey key) {
        if (key.sha256() == null || key.holderMac() == null) {
            return;
        }
        if (!HolderMac.verify(root, id, key.sha256(), EvaluationKeyParts.read(key.parts()), key.holderMac())) {
            throw CommandException.refused(
                    "The token's evaluation key does not bear this holder's mark: it was not made with this root key.");
        }
    }
}
