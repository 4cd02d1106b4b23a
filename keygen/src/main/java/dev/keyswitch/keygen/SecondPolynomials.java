package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.ring.NttPoly;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.Set;

/// Remembers the second polynomials of a key, 32 bytes for each row, to find repetitions: two components that share one under any prime give the
/// secret away, since the difference of their first polynomials there is free of it.
final class SecondPolynomials {
    private static final int CHUNK_WORDS = 1024;

    private final Set<ByteBuffer> seen = new HashSet<>();
    private final MessageDigest sha256;
    private final byte[] chunk = new byte[CHUNK_WORDS * Long.BYTES];
    private final ByteBuffer buffer = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);

    SecondPolynomials() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Whether this seed is new.
    boolean add(byte[] seed) {
        return seen.add(ByteBuffer.wrap(sha256.digest(seed)));
    }

    /// Whether this polynomial is new under every prime.
    boolean add(NttPoly polynomial) {
        boolean fresh = true;
        for (int index = 0; index < polynomial.rowCount(); index++) {
            fresh &= seen.add(ByteBuffer.wrap(digest(index, polynomial.row(index))));
        }
        return fresh;
    }

    /// Of the row and the prime it belongs to: the same residues under another prime are another polynomial.
    private byte[] digest(int prime, long[] row) {
        sha256.update((byte) prime);
        for (int start = 0; start < row.length; start += CHUNK_WORDS) {
            int count = Math.min(CHUNK_WORDS, row.length - start);
            buffer.asLongBuffer().put(row, start, count);
            sha256.update(chunk, 0, count * Long.BYTES);
        }
        return sha256.digest();
    }

    /// Whether a polynomial is a constant under any prime: then its product with the secret hides nothing.
    static boolean isConstant(NttPoly polynomial) {
        for (int index = 0; index < polynomial.rowCount(); index++) {
            long[] row = polynomial.row(index);
            long difference = 0;
            for (long residue : row) {
                difference |= residue ^ row[0];
            }
            if (difference == 0) {
                return true;
            }
        }
        return false;
    }
}
