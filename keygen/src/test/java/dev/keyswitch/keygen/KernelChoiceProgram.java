package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.kernel.Kernels;
import java.io.ByteArrayOutputStream;
import java.time.Duration;

/// Says with what it makes keys, before and after warming up, and whether those keys are right.
final class KernelChoiceProgram {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private KernelChoiceProgram() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            EvaluationKeyGenerator.warmUp();
            return;
        }
        System.out.println(Kernels.vectorsWin() ? "vectors win" : "vectors do not win");
        System.out.println(EvaluationKeyGenerator.usesVectors() ? "cold: vectors" : "cold: plain");
        makeAndVerify();
        EvaluationKeyGenerator.warmUp();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (Kernels.vectorsWin() && !EvaluationKeyGenerator.usesVectors() && System.nanoTime() < end) {
            makeAndVerify();
        }
        System.out.println(EvaluationKeyGenerator.usesVectors() ? "warm: vectors" : "warm: plain");
        System.out.println(makeAndVerify() + " verified");
    }

    private static int makeAndVerify() throws Exception {
        EncryptionParameters parameters =
                EncryptionParameters.of(Scheme.BFV, 4096, Primes.create(4096, 36, 36, 37), 1032193);
        KeyProfile profile = new KeyProfile(parameters, RotationSteps.of(1), true, KeyForm.SEEDED, SealStamp.V3_7);
        try (SecretKey secretKey = TinyKeys.secretKey(parameters)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new EvaluationKeyGenerator(1).generate(secretKey, profile, out, ProgressListener.NONE);
            return TinyKeys.verify(secretKey, profile, out.toByteArray()).components();
        }
    }
}
