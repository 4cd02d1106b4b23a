package dev.keyswitch.keygen;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Generates an evaluation key of many times the memory it has, and reads it at the same time, first as the provider, then as the holder.
final class BoundedMemoryProgram {
    private BoundedMemoryProgram() {}

    public static void main(String[] arguments) throws Exception {
        EncryptionParameters parameters = EncryptionParameters.of(
                Scheme.CKKS, 16384, Primes.create(16384, 60, 40, 40, 40, 40, 40, 40, 60), 0);
        KeyProfile profile = new KeyProfile(
                parameters, RotationSteps.all(), true, KeyForm.valueOf(arguments[0]), SealStamp.V3_7);
        try (SecretKey secretKey = SecretKey.random(new SecureRandom(), parameters)) {
            pipe(secretKey, profile, in -> {
                EvaluationKeyCheck.check(profile, in);
                return "checked";
            });
            pipe(secretKey, profile, in -> EvaluationKeyVerifier.verify(secretKey, profile, in).components() + " verified");
        }
        System.out.println(profile.layout().sizeBytes() + " bytes with a heap of " + Runtime.getRuntime().maxMemory());
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
