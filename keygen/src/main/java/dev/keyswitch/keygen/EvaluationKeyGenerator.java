package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.random.FreshRandomness;
import dev.keyswitch.keygen.internal.random.KeyRandomness;
import dev.keyswitch.keygen.internal.wire.WireWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.function.Supplier;

/// Makes evaluation keys: relinearisation and rotation keys of a secret key, as SEAL objects one after the other. Every component gets a
/// seed and noise of its own, never used again. Safe for use by many threads.
public final class EvaluationKeyGenerator {
    private final Supplier<KeyRandomness> randomness;

    /// Randomness comes from the platform's secure generator.
    public EvaluationKeyGenerator() {
        this(() -> new FreshRandomness(new SecureRandom()));
    }

    EvaluationKeyGenerator(Supplier<KeyRandomness> randomness) {
        this.randomness = randomness;
    }

    /// Streams exactly `profile.layout().sizeBytes()` bytes, component by component, and does not close `out`. Needs memory for a few
    /// components, however many keys there are.
    ///
    /// @throws IllegalArgumentException if the secret key belongs to other parameters than the profile
    public void generate(SecretKey secretKey, KeyProfile profile, OutputStream out, ProgressListener progress)
            throws IOException {
        if (!secretKey.parameters().equals(profile.parameters())) {
            throw new IllegalArgumentException("the secret key belongs to other encryption parameters than the profile");
        }
        try (KeyRandomness fresh = randomness.get();
                WireWriter writer = new WireWriter(out, profile.stamp().major(), profile.stamp().minor());
                ComponentGenerator component = new ComponentGenerator(secretKey, profile.form(), fresh)) {
            new EvaluationKeyRun(secretKey, profile, component, writer, progress).run();
        }
    }
}
