package dev.keyswitch.keygen;

import java.util.OptionalInt;

/// How many bits of classical security a parameter set must keep: the tables of the HomomorphicEncryption.org standard (2018) for a uniform
/// ternary secret and noise of standard deviation 3.2, which SEAL uses as well.
public enum SecurityLevel {
    BITS_128(128),
    BITS_192(192),
    BITS_256(256);

    private final int bits;

    SecurityLevel(int bits) {
        this.bits = bits;
    }

    public int bits() {
        return bits;
    }

    /// How long the product of all primes, the special one included, may be; empty for degrees that the standard does not have.
    public OptionalInt maxTotalBits(int polyModulusDegree) {
        return switch (polyModulusDegree) {
            case 1024 -> limit(27, 19, 14);
            case 2048 -> limit(54, 37, 29);
            case 4096 -> limit(109, 75, 58);
            case 8192 -> limit(218, 152, 118);
            case 16384 -> limit(438, 305, 237);
            case 32768 -> limit(881, 611, 476);
            default -> OptionalInt.empty();
        };
    }

    private OptionalInt limit(int for128, int for192, int for256) {
        return OptionalInt.of(
                switch (this) {
                    case BITS_128 -> for128;
                    case BITS_192 -> for192;
                    case BITS_256 -> for256;
                });
    }
}
