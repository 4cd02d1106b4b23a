package dev.keyswitch.keygen.internal.random;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// An endless stream of pseudo-random bytes, consumed strictly in order whatever the sizes asked for. Not thread-safe. Closing
/// clears what was produced and not yet read.
public interface ByteStream extends AutoCloseable {
    void read(byte[] target, int offset, int length);

    /// The next bytes as little-endian words.
    default void read(long[] target, int offset, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        read(bytes.array(), 0, bytes.capacity());
        bytes.asLongBuffer().get(target, offset, count);
    }

    /// How many words at a time are read fastest.
    default int blockWords() {
        return 512;
    }

    @Override
    void close();
}
