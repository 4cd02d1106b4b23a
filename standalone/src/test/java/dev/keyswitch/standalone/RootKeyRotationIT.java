package dev.keyswitch.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.keygen.EvaluationKeyVerifier;
import dev.keyswitch.keygen.KeyId;
import dev.keyswitch.keygen.RootKey;
import dev.keyswitch.keygen.RootKeyExchange;
import dev.keyswitch.keygen.SecretKey;
import dev.keyswitch.profile.EncryptionProfiles;
import dev.keyswitch.sdk.KeyswitchClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The key holder gets another root key while its worker runs, and after a crash in the middle of it.
class RootKeyRotationIT {

    @TempDir
    Path folder;

    @Test
    void aCommandHasAllKeysMadeAgainFromTheNewRootKey() throws Exception {
        try (UpProcess up = UpProcess.start(folder, Map.of());
                KeyswitchClient owner = up.owner()) {
            Model model = Workload.smallModel(owner, "Model");
            List<UUID> tokens = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Token token = Workload.token(owner, "Token " + i);
                owner.tokens().assign(token.id(), model.id());
                tokens.add(token.id());
            }
            for (UUID token : tokens) {
                Workload.awaitReady(owner, token);
            }

            String said = new Terminal(folder.resolve("home"))
                    .done(List.of("holder", "rotate-root-key"))
                    .err();

            assertThat(said).contains("has a new root key").contains("of 5 assigned tokens are made again");
            Path file = up.data().resolve("holder/root.key");
            String fingerprint = fingerprint(file);
            for (UUID token : tokens) {
                EvaluationKey key = Workload.awaitKey(
                        owner, token, wanted -> wanted.state() == EvaluationKeyState.READY && wanted.generation() == 2);
                assertThat(key.rootFingerprint()).isEqualTo(fingerprint);
                Workload.assertKeyInForce(owner, token);
            }
            assertFits(owner, file, model, Workload.awaitReady(owner, tokens.getFirst()));
        }
    }

    @Test
    void aCrashBeforeTheFileIsExchangedIsMadeUpForAtTheNextStart() throws Exception {
        Path file = folder.resolve("data/holder/root.key");
        UUID token;
        String next;
        try (UpProcess up = UpProcess.start(folder, Map.of());
                KeyswitchClient owner = up.owner()) {
            Model model = Workload.smallModel(owner, "Model");
            token = Workload.token(owner, "Token").id();
            owner.tokens().assign(token, model.id());
            Workload.awaitReady(owner, token);
            next = new RootKeyExchange(file).prepare(new SecureRandom());
            Holder holder = owner.holders().list().getFirst();
            owner.holders().rotateRootKey(holder.id(), next);
            up.kill();
        }

        try (UpProcess up = UpProcess.start(folder, Map.of());
                KeyswitchClient owner = up.owner()) {
            assertThat(fingerprint(file)).isEqualTo(next);
            EvaluationKey key = Workload.awaitKey(
                    owner, token, wanted -> wanted.state() == EvaluationKeyState.READY && wanted.generation() == 2);
            assertThat(key.rootFingerprint()).isEqualTo(next);
        }
    }

    /// The key that the model server has is one for the secret key that the holder derives now.
    private static void assertFits(KeyswitchClient owner, Path rootKey, Model model, EvaluationKey key) throws Exception {
        var profile = EncryptionProfiles.of(owner.models().get(model.id()).encryptionProfile());
        UUID deployment = UUID.fromString(Files.readString(rootKey.resolveSibling("deployment.id")).strip());
        KeyId id = new KeyId(deployment, key.tokenId(), key.modelId(), key.generation());
        try (RootKey root = RootKey.read(rootKey);
                SecretKey secret = SecretKey.derive(root, id, profile.parameters());
                var content = owner.evaluationKeys().content(key.id())) {
            assertThat(EvaluationKeyVerifier.verify(secret, profile, content).components()).isPositive();
        }
    }

    private static String fingerprint(Path file) throws Exception {
        try (RootKey key = RootKey.read(file)) {
            return key.fingerprint();
        }
    }
}
