package dev.keyswitch.keygen;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Generates an evaluation key of many times the memory it has, and reads it at the same time, first as the provider, then as the holder.
final class BoundedMemoryProgram {
    private BoundedMemoryProgram() {}

    public static void main(String[] arguments) throws Exception {
        KeyForm form = KeyForm.valueOf(arguments[1]);
        if (arguments[0].equals("32768")) {
            writeLargest(form);
            return;
        }
        EncryptionParameters parameters = EncryptionParameters.of(
                Scheme.CKKS, 16384, Primes.create(16384, 60, 40, 40, 40, 40, 40, 40, 60), 0);
        KeyProfile profile = new KeyProfile(parameters, RotationSteps.all(), true, form, SealStamp.V3_7);
        try (SecretKey secretKey = SecretKey.random(new SecureRandom(), parameters)) {
            pipe(secretKey, profile, in -> {
                EvaluationKeyCheck.check(profile, in);
                return "checked";
            });
            pipe(secretKey, profile, in -> EvaluationKeyVerifier.verify(secretKey, profile, in).components() + " verified");
        }
        System.out.println(profile.layout().sizeBytes() + " bytes with a heap of " + Runtime.getRuntime().maxMemory());
    }

    private static void writeLargest(KeyForm form) throws IOException {
        int[] bits = new int[15];
        Arrays.fill(bits, 40);
        bits[0] = 60;
        bits[14] = 60;
        EncryptionParameters parameters = EncryptionParameters.of(Scheme.CKKS, 32768, Primes.create(32768, bits), 0);
        RotationSteps steps = RotationSteps.of(0, 1, 2, 3, 4, 5, 6, 7, 8);
        KeyProfile profile = new KeyProfile(parameters, steps, true, form, SealStamp.V3_7);
        try (SecretKey secretKey = SecretKey.random(new SecureRandom(), parameters)) {
            new EvaluationKeyGenerator().generate(secretKey, profile, OutputStream.nullOutputStream(), ProgressListener.NONE);
        }
        System.out.println(profile.layout().sizeBytes() + " bytes written");
    }

    private interface Reader {
        String read(InputStream in) throws Exception;
    }

    private static void pipe(SecretKey secretKey, KeyProfile profile, Reader reader) throws Exception {
        PipedInputStream in = new PipedInputStream(1 << 16);
        try (ExecutorService worker = Executors.newSingleThreadExecutor();
                PipedOutputStream out = new PipedOutputStream(in)) {
            Callable<String> reading = () -> reader.read(in);
            Future<String> result = worker.submit(reading);
            generate(secretKey, profile, out);
            System.out.println(result.get());
        }
    }

    private static void generate(SecretKey secretKey, KeyProfile profile, OutputStream out) throws IOException {
        try (out) {
            new EvaluationKeyGenerator().generate(secretKey, profile, out, ProgressListener.NONE);
        }
    }
}
