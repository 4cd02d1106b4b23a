package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.random.ByteStream;
import dev.keyswitch.keygen.internal.random.KeyRandomness;
import dev.keyswitch.keygen.internal.ring.CoefficientPoly;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// INSECURE. All randomness from one generator that can be started again from its seed: for tests that must be repeatable.
final class InsecureRepeatableRandomness implements KeyRandomness {
    private final RandomGenerator random;

    InsecureRepeatableRandomness(RandomGenerator random) {
        this.random = random;
    }

    static SecretKey secretKey(EncryptionParameters parameters, RandomGenerator random) {
        CoefficientPoly secret = new CoefficientPoly(parameters.polyModulusDegree());
        for (int i = 0; i < parameters.polyModulusDegree(); i++) {
            secret.coefficients()[i] = (byte) random.nextInt(-1, 2);
        }
        return SecretKey.of(secret, parameters);
    }

    @Override
    public void nextSeed(byte[] seed) {
        random.nextBytes(seed);
    }

    @Override
    public ByteStream uniform() {
        return stream();
    }

    @Override
    public ByteStream noise() {
        return stream();
    }

    @Override
    public void close() {}

    private ByteStream stream() {
        return new ByteStream() {
            @Override
            public void read(byte[] target, int offset, int length) {
                byte[] bytes = new byte[length];
                random.nextBytes(bytes);
                System.arraycopy(bytes, 0, target, offset, length);
                Arrays.fill(bytes, (byte) 0);
            }

            @Override
            public void close() {}
        };
    }
}
