package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.random.ByteStream;
import dev.keyswitch.keygen.internal.random.FreshRandomness;
import dev.keyswitch.keygen.internal.random.KeyRandomness;
import java.security.SecureRandom;
import java.util.function.UnaryOperator;

/// A broken generator: honest seeds and second polynomials, and for noise whatever is made of the honest stream.
final class OtherNoise implements KeyRandomness {
    private final KeyRandomness honest = new FreshRandomness(new SecureRandom());
    private final UnaryOperator<ByteStream> broken;

    OtherNoise(UnaryOperator<ByteStream> broken) {
        this.broken = broken;
    }

    @Override
    public void nextSeed(byte[] seed) {
        honest.nextSeed(seed);
    }

    @Override
    public ByteStream uniform() {
        return honest.uniform();
    }

    @Override
    public ByteStream noise() {
        return broken.apply(honest.noise());
    }

    @Override
    public void close() {
        honest.close();
    }
}
