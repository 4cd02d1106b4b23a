package dev.keyswitch.keygen.internal.ring;

import java.util.Arrays;

/// A polynomial in NTT form: one row of residues per prime, each in the bit-reversed order that SEAL writes. Not thread-safe.
public final class NttPoly {
    private final long[][] rows;

    public NttPoly(int primes, int degree) {
        rows = new long[primes][degree];
    }

    public int rowCount() {
        return rows.length;
    }

    /// The residues modulo the prime of that number, to be read and written in place.
    public long[] row(int prime) {
        return rows[prime];
    }

    public void clear() {
        for (long[] row : rows) {
            Arrays.fill(row, 0);
        }
    }
}
