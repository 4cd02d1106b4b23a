package dev.keyswitch.keygen.internal.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Exactly so many bytes of another stream, which must have them. Closing does not close the other stream.
final class Compressed extends InputStream {
    static final Compressed NONE = new Compressed(InputStream.nullInputStream(), 0);

    private final InputStream in;
    private long left;
    private @Nullable IOException failure;

    Compressed(InputStream in, long length) {
        this.in = in;
        left = length;
    }

    long left() {
        return left;
    }

    /// What the other stream threw, which says nothing about its content.
    @Nullable IOException failure() {
        return failure;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count;
        try {
            count = in.read(target, offset, (int) Math.min(length, left));
        } catch (IOException e) {
            failure = e;
            throw e;
        }
        if (count < 0) {
            throw new EOFException("the content ends in the middle of it.");
        }
        left -= count;
        return count;
    }
}
