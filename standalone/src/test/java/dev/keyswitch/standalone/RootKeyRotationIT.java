package dev.keyswitch.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.keygen.RootKey;
import dev.keyswitch.keygen.RootKeyExchange;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.standalone.demo.KeyProof;
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
            String fingerprint = RootKey.fingerprint(file);
            for (UUID token : tokens) {
                EvaluationKey key = Workload.awaitKey(
                        owner, token, wanted -> wanted.state() == EvaluationKeyState.READY && wanted.generation() == 2);
                assertThat(key.rootFingerprint()).isEqualTo(fingerprint);
                Workload.assertKeyInForce(owner, token);
            }
            KeyProof proof = new KeyProof(owner, file, owner.account().deploymentId());
            assertThat(proof.prove(Workload.awaitReady(owner, tokens.getFirst()), owner.models().get(model.id())).components())
                    .isPositive();
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
            assertThat(RootKey.fingerprint(file)).isEqualTo(next);
            EvaluationKey key = Workload.awaitKey(
                    owner, token, wanted -> wanted.state() == EvaluationKeyState.READY && wanted.generation() == 2);
            assertThat(key.rootFingerprint()).isEqualTo(next);
        }
    }
}
