package dev.keyswitch.keygen.internal.random;

import java.security.SecureRandom;
import java.util.Arrays;

/// The real thing: seeds straight from the platform's generator; noise and written-out polynomials from two AES streams, each under
/// a key of its own that no one else ever has.
public final class FreshRandomness implements KeyRandomness {
    private final SecureRandom random;
    private final ByteStream uniform;
    private final ByteStream noise;

    public FreshRandomness(SecureRandom random) {
        this.random = random;
        uniform = stream(random);
        noise = stream(random);
    }

    @Override
    public void nextSeed(byte[] seed) {
        random.nextBytes(seed);
    }

    @Override
    public ByteStream uniform() {
        return uniform;
    }

    @Override
    public ByteStream noise() {
        return noise;
    }

    @Override
    public void close() {
        uniform.close();
        noise.close();
    }

    private static ByteStream stream(SecureRandom random) {
        byte[] key = new byte[AesCtrStream.KEY];
        random.nextBytes(key);
        try {
            return new AesCtrStream(key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }
}
