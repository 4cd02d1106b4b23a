package dev.keyswitch.keygen.internal.random;

/// Where the components of one key get their randomness. Not thread-safe.
public interface KeyRandomness extends AutoCloseable {

    /// Begins a component: fills in its public seed, which is published and must tell nothing about the noise.
    void nextSeed(byte[] seed);

    /// From which a second polynomial comes that is written out.
    ByteStream uniform();

    /// From which the present component's noise comes.
    ByteStream noise();

    @Override
    void close();
}
