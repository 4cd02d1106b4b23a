package dev.keyswitch.keygen.internal.wire;

import java.nio.LongBuffer;

/// The bytes of one component, whose rows may be filled in in any order, and again and again. Not thread-safe.
public final class ComponentBuffer {
    private final byte[] bytes;
    private final int start;
    private final Row[] rows;

    /// @param head everything before the polynomials
    /// @param seedHead everything between the first polynomial and the seed
    ComponentBuffer(Sizes sizes, byte[] head, byte[] seedHead) {
        bytes = new byte[Math.toIntExact(sizes.component())];
        start = head.length;
        System.arraycopy(head, 0, bytes, 0, start);
        rows = new Row[sizes.primes()];
        for (int prime = 0; prime < rows.length; prime++) {
            rows[prime] = new Row(words(prime, sizes.degree()), sizes.seeded() ? null : words(rows.length + prime, sizes.degree()));
        }
        if (sizes.seeded()) {
            System.arraycopy(seedHead, 0, bytes, bytes.length - Sizes.SEED - seedHead.length, seedHead.length);
        }
    }

    /// The whole component; not a copy.
    public byte[] bytes() {
        return bytes;
    }

    /// The part of both polynomials that belongs to one prime.
    public Row row(int prime) {
        return rows[prime];
    }

    public void seed(byte[] seed) {
        System.arraycopy(seed, 0, bytes, bytes.length - seed.length, seed.length);
    }

    private LongBuffer words(int row, int degree) {
        return RowBuffer.words(bytes, start + row * degree * Long.BYTES, degree);
    }
}
