package dev.keyswitch.keygen;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Locale;

/// Prints milliseconds per key-switching key on one thread, once warm: to generate, to check and to verify. Not a test: run it by hand on a quiet machine.
public final class KeygenTiming {
    private static final long NANOS_PER_FORM = 6_000_000_000L;

    private KeygenTiming() {}

    public static void main(String[] arguments) throws Exception {
        time("BFV 4096", Scheme.BFV, 4096, 1032193, 36, 36, 37);
        time("CKKS 8192", Scheme.CKKS, 8192, 0, 60, 40, 40, 60);
        time("CKKS 16384", Scheme.CKKS, 16384, 0, 60, 40, 40, 40, 40, 40, 40, 60);
    }

    private static void time(String name, Scheme scheme, int degree, long plainModulus, int... bits) throws Exception {
        long start = System.nanoTime();
        EncryptionParameters parameters =
                EncryptionParameters.of(scheme, degree, Primes.create(degree, bits), plainModulus);
        try (SecretKey secretKey = SecretKey.random(new SecureRandom(), parameters)) {
            print("%s: set-up %.1f ms", name, (System.nanoTime() - start) / 1e6);
            for (KeyForm form : KeyForm.values()) {
                KeyProfile profile = new KeyProfile(parameters, RotationSteps.all(), true, form, SealStamp.V3_7);
                int keys = profile.layout().keySwitchingKeys();
                double first = run(secretKey, profile);
                double best = first;
                for (long end = System.nanoTime() + NANOS_PER_FORM; System.nanoTime() < end; ) {
                    best = Math.min(best, run(secretKey, profile));
                }
                print("%s %s: %.3f ms per key, first set of %d keys %.0f ms", name, form, best / keys, keys, first);
                read(name + " " + form, secretKey, profile);
            }
        }
    }

    private static void read(String name, SecretKey secretKey, KeyProfile profile) throws Exception {
        byte[] key = TinyKeys.evaluationKey(secretKey, profile);
        double check = Double.MAX_VALUE;
        double verify = Double.MAX_VALUE;
        for (int round = 0; round < 10; round++) {
            long start = System.nanoTime();
            TinyKeys.check(profile, key);
            long checked = System.nanoTime();
            TinyKeys.verify(secretKey, profile, key);
            check = Math.min(check, (checked - start) / 1e6);
            verify = Math.min(verify, (System.nanoTime() - checked) / 1e6);
        }
        int keys = profile.layout().keySwitchingKeys();
        print("%s: check %.3f ms, verify %.3f ms per key", name, check / keys, verify / keys);
    }

    private static double run(SecretKey secretKey, KeyProfile profile) throws IOException {
        long start = System.nanoTime();
        new EvaluationKeyGenerator().generate(secretKey, profile, OutputStream.nullOutputStream(), ProgressListener.NONE);
        return (System.nanoTime() - start) / 1e6;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
