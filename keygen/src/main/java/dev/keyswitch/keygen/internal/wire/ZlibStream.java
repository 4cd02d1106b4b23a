package dev.keyswitch.keygen.internal.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// One zlib stream (RFC 1950), nothing before it and nothing behind it. Its last bytes, the checksum, are read and compared before the end
/// is reported.
final class ZlibStream extends InputStream {
    private static final int BUFFER = 1 << 16;

    private final Compressed in;
    private final Inflater inflater = new Inflater();
    private final byte[] buffer = new byte[BUFFER];

    ZlibStream(Compressed in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            while (true) {
                int count = inflater.inflate(target, offset, length);
                if (count > 0) {
                    return count;
                }
                if (inflater.finished()) {
                    return end();
                }
                if (inflater.needsDictionary()) {
                    throw new IOException("it asks for a dictionary.");
                }
                fill();
            }
        } catch (DataFormatException e) {
            throw new IOException("it is no zlib stream (" + e.getMessage() + ").", e);
        }
    }

    @Override
    public void close() {
        inflater.end();
    }

    private int end() throws IOException {
        if (inflater.getRemaining() > 0) {
            throw new IOException("bytes follow the end of the zlib stream.");
        }
        return -1;
    }

    private void fill() throws IOException {
        int count = in.read(buffer, 0, buffer.length);
        if (count < 0) {
            throw new IOException("the zlib stream ends too early.");
        }
        inflater.setInput(buffer, 0, count);
    }
}
