package dev.keyswitch.keygen.internal.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/// The bytes of one row of one polynomial. Not thread-safe.
public final class RowBuffer {
    private final byte[] bytes;
    private final LongBuffer words;

    public RowBuffer(int degree) {
        bytes = new byte[degree * Long.BYTES];
        words = words(bytes, 0, degree);
    }

    /// The row that begins at this byte, as residues; not a copy.
    static LongBuffer words(byte[] bytes, int start, int degree) {
        return ByteBuffer.wrap(bytes, start, degree * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    }

    /// Not a copy.
    public byte[] bytes() {
        return bytes;
    }

    /// The same bytes as residues.
    public LongBuffer words() {
        return words;
    }
}
