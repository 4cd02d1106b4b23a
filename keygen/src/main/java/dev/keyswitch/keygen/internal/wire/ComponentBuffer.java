package dev.keyswitch.keygen.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The bytes of one component, whose polynomials may be filled in in any order, and again and again. Not thread-safe.
///
/// One that passes rows on writes each row of the first polynomial once it is finished. The next row takes its place, and so finds it in the cache.
public final class ComponentBuffer {
    private final byte[] bytes;
    private final ByteBuffer buffer;
    private final int start;
    private final int rowBytes;
    /// Of the first polynomial, as much as is kept.
    private final int firstBytes;
    private final boolean passesOn;
    private @Nullable WireWriter out;

    /// @param passesOn only in the plain form: seeded components are not final before their last row
    /// @param head everything before the polynomials
    /// @param seedHead everything between the first polynomial and the seed
    ComponentBuffer(Sizes sizes, boolean passesOn, byte[] head, byte[] seedHead) {
        if (passesOn && sizes.seeded()) {
            throw new IllegalArgumentException("components of the seeded form are not final before their last row");
        }
        this.passesOn = passesOn;
        rowBytes = sizes.degree() * Long.BYTES;
        int polynomialBytes = sizes.primes() * rowBytes;
        firstBytes = passesOn ? rowBytes : polynomialBytes;
        bytes = new byte[Math.toIntExact(sizes.component()) - polynomialBytes + firstBytes];
        buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        start = head.length;
        buffer.put(0, head);
        if (sizes.seeded()) {
            buffer.put(start + firstBytes, seedHead);
        }
    }

    /// The whole component; not a copy. Not where rows are passed on.
    public byte[] bytes() {
        return bytes;
    }

    /// Whether rows must be finished one after the other, because each is gone then. Otherwise all can be changed to the end.
    public boolean passesOn() {
        return passesOn;
    }

    /// Before the first row of a component that is written to this.
    public void begin(WireWriter out) throws IOException {
        this.out = out;
        if (passesOn) {
            out.octets(bytes, 0, start);
        }
    }

    /// Nothing changes any more in the row that was filled in last. Only where rows are passed on.
    public void rowFinished() throws IOException {
        Objects.requireNonNull(out).octets(bytes, start, rowBytes);
    }

    /// After the last row: writes what is not written yet.
    public void end() throws IOException {
        int written = passesOn ? start + firstBytes : 0;
        Objects.requireNonNull(out).octets(bytes, written, bytes.length - written);
    }

    /// The first `count` words as the residues of the first polynomial from position `index` on.
    public void c0(int prime, int index, long[] words, int count) {
        put(c0Position(prime, index), words, count);
    }

    /// The same in the second.
    public void c1(int prime, int index, long[] words, int count) {
        put(c1Position(prime, index), words, count);
    }

    public void seed(byte[] seed) {
        buffer.put(bytes.length - seed.length, seed);
    }

    public long c0(int prime, int index) {
        return buffer.getLong(c0Position(prime, index));
    }

    public void replaceC0(int prime, int index, long residue) {
        buffer.putLong(c0Position(prime, index), residue);
    }

    public void replaceC1(int prime, int index, long residue) {
        buffer.putLong(c1Position(prime, index), residue);
    }

    private void put(int position, long[] words, int count) {
        buffer.position(position);
        buffer.asLongBuffer().put(words, 0, count);
    }

    private int c0Position(int prime, int index) {
        return start + (passesOn ? 0 : prime * rowBytes) + index * Long.BYTES;
    }

    private int c1Position(int prime, int index) {
        return start + firstBytes + prime * rowBytes + index * Long.BYTES;
    }
}
