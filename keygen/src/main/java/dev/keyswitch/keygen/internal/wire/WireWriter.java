package dev.keyswitch.keygen.internal.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Writes SEAL's little-endian objects through a buffer of fixed size. Closing flushes and clears the buffer, which may have held
/// secrets, and leaves the stream below open.
public final class WireWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final short MAGIC = (short) 0xA15E;
    private static final byte UNCOMPRESSED = 0;

    private final OutputStream out;
    private final int major;
    private final int minor;
    private final byte[] bytes = new byte[BUFFER];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

    public WireWriter(OutputStream out, int major, int minor) {
        this.out = out;
        this.major = major;
        this.minor = minor;
    }

    /// The header that opens every object, nested ones too; `size` counts the header itself.
    public void header(long size) throws IOException {
        room(Sizes.HEADER);
        buffer.putShort(MAGIC).put((byte) Sizes.HEADER).put((byte) major).put((byte) minor).put(UNCOMPRESSED).putShort((short) 0);
        buffer.putLong(size);
    }

    public void octet(int value) throws IOException {
        room(1);
        buffer.put((byte) value);
    }

    public void word(long value) throws IOException {
        room(Long.BYTES);
        buffer.putLong(value);
    }

    public void real(double value) throws IOException {
        word(Double.doubleToRawLongBits(value));
    }

    /// Many bytes go past the buffer, in slices, to streams that would otherwise take a copy of all of them.
    public void octets(byte[] values) throws IOException {
        room(values.length);
        if (values.length <= BUFFER) {
            buffer.put(values);
            return;
        }
        for (int start = 0; start < values.length; start += BUFFER) {
            out.write(values, start, Math.min(BUFFER, values.length - start));
        }
    }

    public void words(long[] values) throws IOException {
        int done = 0;
        while (done < values.length) {
            room(Long.BYTES);
            int count = Math.min(values.length - done, buffer.remaining() / Long.BYTES);
            buffer.asLongBuffer().put(values, done, count);
            buffer.position(buffer.position() + count * Long.BYTES);
            done += count;
        }
    }

    /// A SEAL `EncryptionParameters` object.
    public void parameters(int schemeId, int degree, long[] primes, long plainModulus) throws IOException {
        header(Sizes.parameters(primes.length));
        octet(schemeId);
        word(degree);
        word(primes.length);
        for (long prime : primes) {
            modulus(prime);
        }
        modulus(plainModulus);
    }

    public void flush() throws IOException {
        out.write(bytes, 0, buffer.position());
        buffer.clear();
    }

    @Override
    public void close() throws IOException {
        try {
            flush();
            out.flush();
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private void modulus(long value) throws IOException {
        header(Sizes.modulus());
        word(value);
    }

    private void room(int length) throws IOException {
        if (buffer.remaining() < length) {
            flush();
        }
    }
}
