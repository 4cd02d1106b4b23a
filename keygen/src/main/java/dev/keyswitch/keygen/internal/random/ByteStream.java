package dev.keyswitch.keygen.internal.random;

/// An endless stream of pseudo-random bytes, consumed strictly in order whatever the sizes asked for. Not thread-safe. Closing
/// clears what was produced and not yet read.
public interface ByteStream extends AutoCloseable {
    void read(byte[] target, int offset, int length);

    @Override
    void close();
}
