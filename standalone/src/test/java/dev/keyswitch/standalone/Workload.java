package dev.keyswitch.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.Rotations;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// What the tests do with a system, as its clients would.
final class Workload {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private Workload() {}

    /// A model whose evaluation keys are small and quickly made.
    static Model smallModel(KeyswitchClient owner, String name) {
        return owner.models().create(new CreateModel(name, "", EncryptionProfile.bfv(4096, 20, 36, 36, 37)));
    }

    /// A model whose evaluation keys take seconds.
    static Model largeModel(KeyswitchClient owner, String name) {
        return owner.models()
                .create(new CreateModel(
                        name,
                        "",
                        EncryptionProfile.ckks(16384, 60, 40, 40, 40, 40, 40, 40, 60)
                                .withRotations(Rotations.all())));
    }

    static Token token(KeyswitchClient owner, String name) {
        return owner.tokens().create(CreateToken.named(name));
    }

    static EvaluationKey awaitReady(KeyswitchClient owner, UUID token) throws InterruptedException {
        return awaitKey(owner, token, key -> key.state() == EvaluationKeyState.READY);
    }

    static EvaluationKey awaitKey(KeyswitchClient owner, UUID token, Predicate<EvaluationKey> wanted)
            throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            EvaluationKey key = owner.tokens().get(token).evaluationKey();
            if (key != null && wanted.test(key)) {
                return key;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain; the evaluation key is " + key);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /// The token's READY key is of its present generation, and its bytes are those that were announced.
    static void assertKeyInForce(KeyswitchClient owner, UUID token) throws Exception {
        EvaluationKey ready = awaitReady(owner, token);
        Token now = owner.tokens().get(token);
        assertThat(ready.generation()).isEqualTo(now.generation());
        assertThat(now.activeGeneration()).isEqualTo(now.generation());
        assertThat(ready.modelId()).isEqualTo(now.modelId());
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        try (var content = owner.evaluationKeys().content(ready.id())) {
            byte[] buffer = new byte[1 << 16];
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                sha256.update(buffer, 0, n);
            }
        }
        assertThat(HexFormat.of().formatHex(sha256.digest())).isEqualTo(ready.sha256());
    }
}
