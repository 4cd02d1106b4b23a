package dev.keyswitch.keygen.internal.random;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import java.util.Arrays;

/// The words of one uniform polynomial that lie beyond the largest multiple of their prime. SEAL replaces them by the words that follow,
/// in order, but only after it has read all rows. Not thread-safe.
public final class Rejections {
    private int[] primes = new int[16];
    private int[] indexes = new int[16];
    private long[] words = new long[16];
    private int count;

    /// SEAL accepts words strictly below 2^64 − 2 − ((2^64 − 1) mod q).
    public static long lastAccepted(Modulus modulus) {
        return -1L - modulus.reduce(-1L) - 2;
    }

    public void clear() {
        count = 0;
    }

    /// Notes those among the first `length` words that are rejected.
    ///
    /// @param start index of the first word in its row
    public void note(long[] candidates, int length, Modulus modulus, int prime, int start) {
        long lastAccepted = lastAccepted(modulus);
        for (int i = 0; i < length; i++) {
            if (Long.compareUnsigned(candidates[i], lastAccepted) > 0) {
                add(prime, start + i, candidates[i]);
            }
        }
    }

    public int count() {
        return count;
    }

    public int prime(int rejection) {
        return primes[rejection];
    }

    /// In its row.
    public int index(int rejection) {
        return indexes[rejection];
    }

    /// What was rejected.
    public long word(int rejection) {
        return words[rejection];
    }

    /// A residue from the words that follow in the stream.
    public static long redraw(ByteStream stream, Modulus modulus) {
        long lastAccepted = lastAccepted(modulus);
        long[] word = new long[1];
        do {
            stream.read(word, 0, 1);
        } while (Long.compareUnsigned(word[0], lastAccepted) > 0);
        return modulus.reduce(word[0]);
    }

    private void add(int prime, int index, long word) {
        if (count == words.length) {
            primes = Arrays.copyOf(primes, 2 * count);
            indexes = Arrays.copyOf(indexes, 2 * count);
            words = Arrays.copyOf(words, 2 * count);
        }
        primes[count] = prime;
        indexes[count] = index;
        words[count++] = word;
    }
}
