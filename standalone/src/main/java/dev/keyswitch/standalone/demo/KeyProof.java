package dev.keyswitch.standalone.demo;

import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.keygen.EvaluationKeyVerifier;
import dev.keyswitch.keygen.KeyId;
import dev.keyswitch.keygen.KeyProfile;
import dev.keyswitch.keygen.RootKey;
import dev.keyswitch.keygen.SecretKey;
import dev.keyswitch.keygen.Verification;
import dev.keyswitch.profile.EncryptionProfiles;
import dev.keyswitch.sdk.KeyswitchClient;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.UUID;

/// The holder's proof that a stored evaluation key is right: it is downloaded, and with the secret key each key-switching
/// component decrypts to what it must.
public final class KeyProof {

    private final KeyswitchClient client;
    private final Path rootKeyFile;
    private final UUID deploymentId;

    public KeyProof(KeyswitchClient client, Path rootKeyFile, UUID deploymentId) {
        this.client = client;
        this.rootKeyFile = rootKeyFile;
        this.deploymentId = deploymentId;
    }

    public Verification prove(EvaluationKey key, Model model) throws Exception {
        KeyProfile profile = EncryptionProfiles.of(model.encryptionProfile());
        KeyId id = new KeyId(deploymentId, key.tokenId(), key.modelId(), key.generation());
        try (RootKey root = RootKey.read(rootKeyFile);
                SecretKey secretKey = SecretKey.derive(root, id, profile.parameters());
                InputStream content = client.evaluationKeys().content(key.id())) {
            return EvaluationKeyVerifier.verify(secretKey, profile, content);
        }
    }
}
