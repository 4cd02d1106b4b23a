package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.random.Blake2xbStream;
import dev.keyswitch.keygen.internal.random.ByteStream;
import dev.keyswitch.keygen.internal.random.KeyRandomness;

/// INSECURE. Repeats SEAL's order of drawing from one fixed seed, so that every component has the same second polynomial and the same
/// noise: good for comparing bytes with SEAL and for nothing else.
class InsecureFixedSeedRandomness implements KeyRandomness {
    private final byte[] factorySeed;
    private ByteStream generator;

    InsecureFixedSeedRandomness(byte[] factorySeed) {
        this.factorySeed = factorySeed.clone();
        generator = new Blake2xbStream(factorySeed);
    }

    @Override
    public void nextSeed(byte[] seed) {
        generator = new Blake2xbStream(factorySeed);
        generator.read(seed, 0, seed.length);
    }

    @Override
    public ByteStream uniform() {
        byte[] seed = new byte[Blake2xbStream.SEED];
        nextSeed(seed);
        return new Blake2xbStream(seed);
    }

    @Override
    public ByteStream noise() {
        return generator;
    }

    @Override
    public void close() {
        generator.close();
    }
}
