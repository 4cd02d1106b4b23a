package dev.keyswitch.keygen;

import java.util.OptionalInt;

/// How many bits of classical security a parameter set must keep: the tables of the HomomorphicEncryption.org standard (2018) for a uniform
/// ternary secret and noise of standard deviation 3.2, which SEAL uses as well.
public enum SecurityLevel {
    BITS_128(128, 27, 54, 109, 218, 438, 881),
    BITS_192(192, 19, 37, 75, 152, 305, 611),
    BITS_256(256, 14, 29, 58, 118, 237, 476);

    private static final int LOG_FIRST_DEGREE = 10;

    private final int bits;
    private final int[] maxTotalBits;

    SecurityLevel(int bits, int... maxTotalBits) {
        this.bits = bits;
        this.maxTotalBits = maxTotalBits;
    }

    public int bits() {
        return bits;
    }

    /// How long the product of all primes, the special one included, may be; empty for degrees that the standard does not have.
    public OptionalInt maxTotalBits(int polyModulusDegree) {
        int index = Integer.numberOfTrailingZeros(polyModulusDegree) - LOG_FIRST_DEGREE;
        boolean known = Integer.bitCount(polyModulusDegree) == 1 && index >= 0 && index < maxTotalBits.length;
        return known ? OptionalInt.of(maxTotalBits[index]) : OptionalInt.empty();
    }
}
