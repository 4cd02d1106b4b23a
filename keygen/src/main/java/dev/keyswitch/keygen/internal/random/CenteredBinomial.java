package dev.keyswitch.keygen.internal.random;

import dev.keyswitch.keygen.internal.kernel.GenerationKernel;
import dev.keyswitch.keygen.internal.ring.CoefficientPoly;
import java.util.Arrays;

/// Noise: the number of ones among 21 random bits minus that among 21 others (variance 10.5, as SEAL's default). Six bytes per
/// coefficient, consumed as SEAL does. No branch and no look-up depends on what is drawn. Not thread-safe.
public final class CenteredBinomial {
    public static final int BOUND = 21;
    /// Where the bits stand in six bytes.
    public static final long BITS = (1L << BOUND) - 1 | (1L << BOUND) - 1 << 24;

    private static final int CHUNK = 512;
    /// So many fill whole words, three of them.
    private static final int GROUPS = 4;
    private static final long SECOND = -1L << 24;
    /// Kernels may read so far beyond the last group.
    private static final int SURPLUS = 2;

    private final long[] words = new long[words(CHUNK) + SURPLUS];

    /// @param target a multiple of four coefficients
    public void sample(ByteStream stream, CoefficientPoly target, GenerationKernel kernel) {
        byte[] coefficients = target.coefficients();
        if (coefficients.length % GROUPS != 0) {
            throw new IllegalArgumentException("noise is drawn for four coefficients at a time");
        }
        for (int start = 0; start < coefficients.length; start += CHUNK) {
            int count = Math.min(CHUNK, coefficients.length - start);
            stream.read(words, 0, words(count));
            kernel.binomial(words, count, coefficients, start);
        }
        Arrays.fill(words, 0);
    }

    /// The noise that six bytes stand for.
    ///
    /// @param bits the six bytes, and anything above
    public static byte difference(long bits) {
        long both = bits & BITS;
        return (byte) (Long.bitCount(both & ~SECOND) - Long.bitCount(both & SECOND));
    }

    private static int words(int count) {
        return count / GROUPS * 3;
    }
}
