package dev.keyswitch.keygen.internal.random;

import dev.keyswitch.keygen.internal.ring.CoefficientPoly;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Noise: the number of ones among 21 random bits minus that among 21 others (variance 10.5, as SEAL's default). Six bytes per
/// coefficient, consumed as SEAL does. No branch and no look-up depends on what is drawn. Not thread-safe.
public final class CenteredBinomial {
    public static final int BOUND = 21;

    private static final int BYTES = 6;
    private static final int CHUNK = 512;
    private static final long ONES = (1L << BOUND) - 1;
    private static final int NEGATIVE_SHIFT = 24;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /// The last coefficient is read as a whole word too, hence the surplus.
    private final byte[] chunk = new byte[CHUNK * BYTES + Long.BYTES - BYTES];

    public void sample(ByteStream stream, CoefficientPoly target) {
        byte[] coefficients = target.coefficients();
        for (int start = 0; start < coefficients.length; start += CHUNK) {
            int count = Math.min(CHUNK, coefficients.length - start);
            stream.read(chunk, 0, count * BYTES);
            for (int i = 0; i < count; i++) {
                long bits = (long) WORDS.get(chunk, i * BYTES);
                coefficients[start + i] = (byte) (Long.bitCount(bits & ONES) - Long.bitCount(bits >>> NEGATIVE_SHIFT & ONES));
            }
        }
        Arrays.fill(chunk, (byte) 0);
    }
}
