package dev.keyswitch.standalone.bench;

import dev.keyswitch.keygen.EncryptionParameters;
import dev.keyswitch.keygen.EvaluationKeyGenerator;
import dev.keyswitch.keygen.KeyForm;
import dev.keyswitch.keygen.ProgressListener;
import dev.keyswitch.keygen.SecretKey;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;

/// A process that makes the keys of a profile once, cold, and prints how many milliseconds that took.
///
///     FirstKey PROFILE
final class FirstKey {
    private FirstKey() {}

    public static void main(String[] arguments) throws IOException {
        BenchProfile profile = BenchProfile.named(arguments[0]).orElseThrow();
        EncryptionParameters parameters = profile.parameters();
        try (SecretKey secretKey = SecretKey.random(new SecureRandom(), parameters)) {
            EvaluationKeyGenerator.warmUp();
            long start = System.nanoTime();
            new EvaluationKeyGenerator(1)
                    .generate(
                            secretKey,
                            profile.keyProfile(parameters, KeyForm.SEEDED),
                            OutputStream.nullOutputStream(),
                            ProgressListener.NONE);
            System.out.println((System.nanoTime() - start) / 1e6);
        }
    }
}
