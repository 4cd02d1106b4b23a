package dev.keyswitch.keygen;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;

/// Keys of a ring so small that every single bit of them can be tried. They protect nothing.
final class TinyKeys {
    static final int DEGREE = 16;
    static final EncryptionParameters CKKS = parameters(Scheme.CKKS);
    static final EncryptionParameters BFV = parameters(Scheme.BFV);
    static final EncryptionParameters BGV = parameters(Scheme.BGV);

    private TinyKeys() {}

    static EncryptionParameters parameters(Scheme scheme) {
        long[] primes = Primes.create(DEGREE, 40, 40, 41);
        return EncryptionParameters.ofInsecureForTests(scheme, DEGREE, primes, scheme == Scheme.CKKS ? 0 : 97);
    }

    static KeyProfile profile(EncryptionParameters parameters, KeyForm form, SealStamp stamp) {
        return new KeyProfile(parameters, RotationSteps.of(0, 1, -3), true, form, stamp);
    }

    static SecretKey secretKey(EncryptionParameters parameters) {
        return SecretKey.random(new SecureRandom(), parameters);
    }

    static byte[] evaluationKey(SecretKey secretKey, KeyProfile profile) {
        return evaluationKey(new EvaluationKeyGenerator(), secretKey, profile);
    }

    static byte[] evaluationKey(EvaluationKeyGenerator generator, SecretKey secretKey, KeyProfile profile) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            generator.generate(secretKey, profile, out, ProgressListener.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static void check(KeyProfile profile, byte[] key) throws MalformedKeyException, IOException {
        EvaluationKeyCheck.check(profile, new ByteArrayInputStream(key));
    }

    static Verification verify(SecretKey secretKey, KeyProfile profile, byte[] key)
            throws MalformedKeyException, KeyMismatchException, IOException {
        return EvaluationKeyVerifier.verify(secretKey, profile, new ByteArrayInputStream(key));
    }
}
