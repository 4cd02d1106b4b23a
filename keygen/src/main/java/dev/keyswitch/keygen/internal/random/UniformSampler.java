package dev.keyswitch.keygen.internal.random;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import dev.keyswitch.keygen.internal.ring.NttPoly;
import dev.keyswitch.keygen.internal.ring.Ring;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Draws uniform residues exactly as SEAL expands a public seed: one word of the stream per residue, row after row. A word beyond the
/// largest multiple of its prime is replaced by the words that follow, but only after all rows were read. Not thread-safe.
public final class UniformSampler {
    private static final int CHUNK_WORDS = 512;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] chunk = new byte[CHUNK_WORDS * Long.BYTES];
    /// Positions in the polynomial as a whole, ascending.
    private int[] rejected = new int[16];
    private int rejections;

    public void sample(ByteStream stream, Ring ring, NttPoly target) {
        rejections = 0;
        for (int prime = 0; prime < ring.primes(); prime++) {
            long[] row = target.row(prime);
            for (int start = 0; start < row.length; start += CHUNK_WORDS) {
                int count = Math.min(CHUNK_WORDS, row.length - start);
                stream.read(chunk, 0, count * Long.BYTES);
                reduce(ring.modulus(prime), row, start, count, prime * ring.degree());
            }
        }
        for (int i = 0; i < rejections; i++) {
            int prime = rejected[i] / ring.degree();
            target.row(prime)[rejected[i] % ring.degree()] = redraw(stream, ring.modulus(prime));
        }
    }

    private void reduce(Modulus modulus, long[] row, int start, int count, int rowStart) {
        long lastAccepted = lastAccepted(modulus);
        for (int i = 0; i < count; i++) {
            long word = (long) WORDS.get(chunk, i * Long.BYTES);
            if (Long.compareUnsigned(word, lastAccepted) > 0) {
                reject(rowStart + start + i);
            }
            row[start + i] = modulus.reduce(word);
        }
    }

    private void reject(int position) {
        if (rejections == rejected.length) {
            rejected = Arrays.copyOf(rejected, 2 * rejections);
        }
        rejected[rejections++] = position;
    }

    private long redraw(ByteStream stream, Modulus modulus) {
        long lastAccepted = lastAccepted(modulus);
        long word;
        do {
            stream.read(chunk, 0, Long.BYTES);
            word = (long) WORDS.get(chunk, 0);
        } while (Long.compareUnsigned(word, lastAccepted) > 0);
        return modulus.reduce(word);
    }

    /// SEAL accepts words strictly below 2^64 − 2 − ((2^64 − 1) mod q).
    private static long lastAccepted(Modulus modulus) {
        return -1L - modulus.reduce(-1L) - 2;
    }
}
