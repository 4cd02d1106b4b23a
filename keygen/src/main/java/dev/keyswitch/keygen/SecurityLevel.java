package dev.keyswitch.keygen;

import java.util.List;
import java.util.OptionalInt;

/// How many bits of classical security a parameter set must keep: the tables of the HomomorphicEncryption.org standard (2018) for a uniform
/// ternary secret and noise of standard deviation 3.2, which SEAL uses as well.
public enum SecurityLevel {
    BITS_128(128, List.of(27, 54, 109, 218, 438, 881)),
    BITS_192(192, List.of(19, 37, 75, 152, 305, 611)),
    BITS_256(256, List.of(14, 29, 58, 118, 237, 476));

    private static final int LOG_FIRST_DEGREE = 10;

    private final int bits;
    private final List<Integer> maxTotalBits;

    SecurityLevel(int bits, List<Integer> maxTotalBits) {
        this.bits = bits;
        this.maxTotalBits = maxTotalBits;
    }

    public int bits() {
        return bits;
    }

    /// How long the product of all primes, the special one included, may be; empty for degrees that the standard does not have.
    public OptionalInt maxTotalBits(int polyModulusDegree) {
        int index = Integer.numberOfTrailingZeros(polyModulusDegree) - LOG_FIRST_DEGREE;
        boolean known = Integer.bitCount(polyModulusDegree) == 1 && index >= 0 && index < maxTotalBits.size();
        return known ? OptionalInt.of(maxTotalBits.get(index)) : OptionalInt.empty();
    }
}
