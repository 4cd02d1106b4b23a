package dev.keyswitch.keygen.internal.random;

import dev.keyswitch.keygen.internal.ring.CoefficientPoly;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Secrets: coefficients −1, 0, 1, each from one little-endian word w of the stream as floor(3w / 2^64) − 1. The bias is below 2^-62;
/// no branch and no look-up depends on what is drawn.
public final class TernarySampler {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private TernarySampler() {}

    public static void sample(ByteStream stream, CoefficientPoly target) {
        byte[] coefficients = target.coefficients();
        byte[] word = new byte[Long.BYTES];
        for (int i = 0; i < coefficients.length; i++) {
            stream.read(word, 0, Long.BYTES);
            coefficients[i] = (byte) (Math.unsignedMultiplyHigh(3, (long) WORDS.get(word, 0)) - 1);
        }
        Arrays.fill(word, (byte) 0);
    }
}
