package dev.keyswitch.keygen.internal.random;

import dev.keyswitch.keygen.internal.ring.CoefficientPoly;
import java.util.Arrays;

/// Secrets: coefficients −1, 0, 1, each from one little-endian word w of the stream as floor(3w / 2^64) − 1. The bias is below 2^-62;
/// no branch and no look-up depends on what is drawn.
public final class TernarySampler {
    private TernarySampler() {}

    public static void sample(ByteStream stream, CoefficientPoly target) {
        byte[] coefficients = target.coefficients();
        long[] word = new long[1];
        for (int i = 0; i < coefficients.length; i++) {
            stream.read(word, 0, 1);
            coefficients[i] = (byte) (Math.unsignedMultiplyHigh(3, word[0]) - 1);
        }
        Arrays.fill(word, 0);
    }
}
