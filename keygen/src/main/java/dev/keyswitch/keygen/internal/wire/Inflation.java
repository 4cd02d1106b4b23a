package dev.keyswitch.keygen.internal.wire;

import dev.keyswitch.keygen.MalformedKeyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/// One SEAL object after the other, each as it would be without compression. Whatever is not compressed passes unchanged, also what is no
/// SEAL object at all: the reader behind this stream finds fault with it.
public final class Inflation extends InputStream {
    /// What SEAL 4.4 allows: windows of 8 MiB.
    public static final int MAX_WINDOW_LOG = 23;

    private static final int MODE = 5;
    private static final int SIZE = 8;
    private static final int ZLIB = 1;
    private static final int ZSTD = 2;

    /// Opens a Zstandard stream.
    @FunctionalInterface
    public interface Opener {
        InputStream open(InputStream compressed) throws IOException;
    }

    /// Damage, on its way through those who only know streams.
    public static final class Damage extends IOException {
        private final MalformedKeyException fault;

        Damage(MalformedKeyException fault) {
            super(fault.getMessage(), fault);
            this.fault = fault;
        }

        public MalformedKeyException fault() {
            return fault;
        }
    }

    private final InputStream in;
    private final Iterator<Long> lengths;
    private final Opener zstd;
    private final byte[] header = new byte[Sizes.HEADER];
    private int headerPosition;
    private int headerLength;
    /// Of the present object.
    private InputStream body = InputStream.nullInputStream();
    private long bodyLeft;
    private Compressed compressed = Compressed.NONE;
    private long produced;

    /// @param lengths of the objects without compression, headers included
    public Inflation(InputStream in, List<Long> lengths, Opener zstd) {
        this.in = in;
        this.lengths = lengths.iterator();
        this.zstd = zstd;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (headerPosition == headerLength && bodyLeft == 0) {
            if (!lengths.hasNext()) {
                return count(in.read(target, offset, length));
            }
            begin(lengths.next());
            if (headerLength == 0) {
                return -1;
            }
        }
        if (headerPosition < headerLength) {
            int count = Math.min(length, headerLength - headerPosition);
            System.arraycopy(header, headerPosition, target, offset, count);
            headerPosition += count;
            return count(count);
        }
        return body(target, offset, (int) Math.min(length, bodyLeft));
    }

    /// Frees what unpacking holds; does not close the source.
    @Override
    public void close() throws IOException {
        if (compressed != Compressed.NONE) {
            compressed = Compressed.NONE;
            body.close();
            body = InputStream.nullInputStream();
        }
    }

    private void begin(long length) throws IOException {
        headerLength = in.readNBytes(header, 0, header.length);
        headerPosition = 0;
        body = in;
        compressed = Compressed.NONE;
        if (headerLength < header.length) {
            bodyLeft = 0;
            return;
        }
        bodyLeft = length - header.length;
        if (header[MODE] == ZLIB || header[MODE] == ZSTD) {
            open(length);
        }
    }

    private void open(long length) throws IOException {
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        long packed = fields.getLong(SIZE) - header.length;
        // No packer makes more than this of what it cannot pack.
        long most = length + (length >> 7) + 1024;
        if (packed <= 0 || packed > most) {
            throw damage("the size of a compressed object is " + Long.toUnsignedString(packed + header.length)
                    + ", expected was at most " + (most + header.length) + ".");
        }
        compressed = new Compressed(in, packed);
        try {
            body = header[MODE] == ZLIB ? new ZlibStream(compressed) : zstd.open(compressed);
        } catch (IOException e) {
            throw damage(e);
        }
        header[MODE] = 0;
        fields.putLong(SIZE, length);
    }

    private int body(byte[] target, int offset, int length) throws IOException {
        int count;
        try {
            count = body.read(target, offset, length);
        } catch (IOException e) {
            if (compressed == Compressed.NONE) {
                throw e;
            }
            throw damage(e);
        }
        if (count < 0) {
            if (compressed != Compressed.NONE) {
                throw damage("a compressed object unpacks to too few bytes: " + bodyLeft + " are missing.");
            }
            bodyLeft = 0;
            return -1;
        }
        bodyLeft -= count;
        if (bodyLeft == 0 && compressed != Compressed.NONE) {
            requireEnd();
        }
        return count(count);
    }

    private void requireEnd() throws IOException {
        int more;
        try {
            more = body.read();
        } catch (IOException e) {
            throw damage(e);
        }
        if (more >= 0) {
            throw damage("a compressed object unpacks to too many bytes.");
        }
        if (compressed.left() > 0) {
            throw damage("a compressed object has bytes behind its compressed content.");
        }
        close();
    }

    private int count(int count) {
        produced += Math.max(count, 0);
        return count;
    }

    /// Also called when it was the source that failed; that is passed on as it is.
    private Damage damage(IOException e) throws IOException {
        IOException failure = compressed.failure();
        if (failure != null) {
            throw failure;
        }
        return damage("a compressed object cannot be unpacked: " + e.getMessage());
    }

    private Damage damage(String sentence) throws IOException {
        close();
        return new Damage(new MalformedKeyException(produced, sentence));
    }
}
