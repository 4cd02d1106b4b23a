package dev.keyswitch.keygen.internal.random;

/// Where the components of one key get their randomness. Not thread-safe.
public interface KeyRandomness extends AutoCloseable {

    /// Begins a component of the seeded form: fills in its seed, which is published and must tell nothing about the noise.
    void nextSeed(byte[] seed);

    /// Begins a component of the plain form: from here comes its second polynomial, which is written out.
    ByteStream uniform();

    /// From which the present component's noise comes.
    ByteStream noise();

    @Override
    void close();
}
