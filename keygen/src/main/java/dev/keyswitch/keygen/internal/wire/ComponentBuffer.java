package dev.keyswitch.keygen.internal.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The bytes of one component, whose polynomials may be filled in in any order, and again and again. Not thread-safe.
public final class ComponentBuffer implements ComponentRows {
    private final byte[] bytes;
    private final ByteBuffer buffer;
    private final int start;
    private final int rowBytes;
    private final int polynomialBytes;

    /// @param head everything before the polynomials
    /// @param seedHead everything between the first polynomial and the seed
    ComponentBuffer(Sizes sizes, byte[] head, byte[] seedHead) {
        bytes = new byte[Math.toIntExact(sizes.component())];
        buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        start = head.length;
        rowBytes = sizes.degree() * Long.BYTES;
        polynomialBytes = sizes.primes() * rowBytes;
        buffer.put(0, head);
        if (sizes.seeded()) {
            buffer.put(start + polynomialBytes, seedHead);
        }
    }

    /// The whole component; not a copy.
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public void c0(int prime, int index, long[] words, int count) {
        put(c0Position(prime, index), words, count);
    }

    @Override
    public void c1(int prime, int index, long[] words, int count) {
        put(c1Position(prime, index), words, count);
    }

    @Override
    public void seed(byte[] seed) {
        buffer.put(bytes.length - seed.length, seed);
    }

    @Override
    public long c0(int prime, int index) {
        return buffer.getLong(c0Position(prime, index));
    }

    public long c1(int prime, int index) {
        return buffer.getLong(c1Position(prime, index));
    }

    @Override
    public void replaceC0(int prime, int index, long residue) {
        buffer.putLong(c0Position(prime, index), residue);
    }

    @Override
    public void replaceC1(int prime, int index, long residue) {
        buffer.putLong(c1Position(prime, index), residue);
    }

    @Override
    public boolean passesOn() {
        return false;
    }

    @Override
    public void finished(int prime) {}

    private void put(int position, long[] words, int count) {
        buffer.position(position);
        buffer.asLongBuffer().put(words, 0, count);
    }

    private int c0Position(int prime, int index) {
        return start + prime * rowBytes + index * Long.BYTES;
    }

    private int c1Position(int prime, int index) {
        return polynomialBytes + c0Position(prime, index);
    }
}
