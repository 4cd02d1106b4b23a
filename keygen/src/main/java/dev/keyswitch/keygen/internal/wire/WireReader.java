package dev.keyswitch.keygen.internal.wire;

import dev.keyswitch.keygen.MalformedKeyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;

/// Reads SEAL's little-endian objects from a source that is not trusted, through a buffer of fixed size. Every field must be exactly
/// what is expected; nothing that is read decides how much is read or kept. Closing clears the buffer, which may have held secrets, and leaves
/// the source open.
public final class WireReader implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int MAGIC = 0xA15E;

    private final InputStream in;
    private final int major;
    private final int minor;
    private final byte[] bytes = new byte[BUFFER];
    private final ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    /// Where in the source the buffer begins.
    private long bufferStart;

    public WireReader(InputStream in, int major, int minor) {
        this.in = in;
        this.major = major;
        this.minor = minor;
    }

    /// Position of the next byte in the source.
    public long offset() {
        return bufferStart + buffer.position();
    }

    /// The header of an object: uncompressed, of the expected version and size.
    public void header(String object, long size) throws IOException, MalformedKeyException {
        long start = offset();
        expect("the size of " + object, size, header(object), start);
    }

    /// The header of an object, uncompressed and of the expected version. Returns the size, on which nothing may depend before it was checked.
    public long header(String object) throws IOException, MalformedKeyException {
        need(Sizes.HEADER, object);
        long start = offset();
        if (Short.toUnsignedInt(buffer.getShort()) != MAGIC || buffer.get() != Sizes.HEADER) {
            throw new MalformedKeyException(start, "here should begin " + object + ", a SEAL object, and there is none.");
        }
        int statedMajor = Byte.toUnsignedInt(buffer.get());
        int statedMinor = Byte.toUnsignedInt(buffer.get());
        if (statedMajor != major || statedMinor != minor) {
            throw new MalformedKeyException(
                    start,
                    object + " is stamped SEAL " + statedMajor + "." + statedMinor + ", the profile asks for " + major + "."
                            + minor + ".");
        }
        if (buffer.get() != 0) {
            throw new MalformedKeyException(start, object + " is compressed; only uncompressed objects are accepted here.");
        }
        if (buffer.getShort() != 0) {
            throw new MalformedKeyException(start, object + " has reserved header bytes that are not zero.");
        }
        return buffer.getLong();
    }

    public void octet(String field, int expected) throws IOException, MalformedKeyException {
        long start = offset();
        expect(field, expected, octet(field), start);
    }

    public int octet(String field) throws IOException, MalformedKeyException {
        need(1, field);
        return Byte.toUnsignedInt(buffer.get());
    }

    public void word(String field, long expected) throws IOException, MalformedKeyException {
        long start = offset();
        expect(field, expected, word(field), start);
    }

    public long word(String field) throws IOException, MalformedKeyException {
        need(Long.BYTES, field);
        return buffer.getLong();
    }

    public void real(String field, double expected) throws IOException, MalformedKeyException {
        long start = offset();
        need(Long.BYTES, field);
        double found = buffer.getDouble();
        if (Double.doubleToRawLongBits(found) != Double.doubleToRawLongBits(expected)) {
            throw new MalformedKeyException(start, field + " is " + found + ", expected was " + expected + ".");
        }
    }

    public void octets(String field, byte[] expected) throws IOException, MalformedKeyException {
        long start = offset();
        byte[] found = octets(field, expected.length);
        if (!Arrays.equals(found, expected)) {
            HexFormat hex = HexFormat.of();
            throw new MalformedKeyException(
                    start, field + " is " + hex.formatHex(found) + ", expected was " + hex.formatHex(expected) + ".");
        }
    }

    /// At most as many bytes as a header or an id has.
    public byte[] octets(String field, int length) throws IOException, MalformedKeyException {
        need(length, field);
        byte[] found = new byte[length];
        buffer.get(found);
        return found;
    }

    /// A row of residues, each below its modulus.
    public void residues(String field, long[] row, long modulus) throws IOException, MalformedKeyException {
        int done = 0;
        while (done < row.length) {
            need(Long.BYTES, field);
            long start = offset();
            int count = Math.min(row.length - done, buffer.remaining() / Long.BYTES);
            buffer.asLongBuffer().get(row, done, count);
            buffer.position(buffer.position() + count * Long.BYTES);
            requireResidues(field, row, done, count, modulus, start);
            done += count;
        }
    }

    /// Nothing may follow.
    public void end() throws IOException, MalformedKeyException {
        if (!buffer.hasRemaining()) {
            fill();
        }
        if (buffer.hasRemaining()) {
            throw new MalformedKeyException(offset(), "the content should end here, but more bytes follow.");
        }
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    private static void requireResidues(String field, long[] row, int from, int count, long modulus, long start)
            throws MalformedKeyException {
        long outside = 0;
        for (int i = from; i < from + count; i++) {
            outside |= row[i] | (modulus - 1 - row[i]);
        }
        if (outside >= 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            if (Long.compareUnsigned(row[from + i], modulus) >= 0) {
                throw new MalformedKeyException(
                        start + (long) i * Long.BYTES,
                        field + " holds " + Long.toUnsignedString(row[from + i]) + ", which is not below its prime " + modulus
                                + ".");
            }
        }
    }

    private static void expect(String field, long expected, long found, long at) throws MalformedKeyException {
        if (found != expected) {
            throw new MalformedKeyException(
                    at, field + " is " + Long.toUnsignedString(found) + ", expected was " + expected + ".");
        }
    }

    private void need(int length, String what) throws IOException, MalformedKeyException {
        if (buffer.remaining() < length) {
            fill();
        }
        if (buffer.remaining() < length) {
            throw new MalformedKeyException(
                    bufferStart + buffer.limit(), "the content ends in the middle of " + what + ".");
        }
    }

    /// Moves what is left to the front and reads on until the buffer is full or the source has ended.
    private void fill() throws IOException, MalformedKeyException {
        bufferStart += buffer.position();
        buffer.compact();
        int read;
        try {
            read = in.readNBytes(bytes, buffer.position(), buffer.remaining());
        } catch (Inflation.Damage e) {
            throw e.fault();
        }
        buffer.limit(buffer.position() + read).rewind();
    }
}
