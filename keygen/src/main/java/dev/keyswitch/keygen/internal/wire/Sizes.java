package dev.keyswitch.keygen.internal.wire;

/// Closed formulas for the length of every SEAL object that holds key material, headers included.
///
/// @param degree ring degree
/// @param primes number of primes at the key level
/// @param seeded whether second polynomials are written as seeds
/// @param stampMajor 3 for the older ciphertext layout, else 4
public record Sizes(int degree, int primes, boolean seeded, int stampMajor) {
    public static final int HEADER = 16;
    public static final int PARMS_ID = 32;
    public static final int SEED = 64;
    /// A generator's description: header, kind, seed.
    public static final int SEED_OBJECT = HEADER + 1 + SEED;
    /// Header and count of an array of words.
    public static final int ARRAY_START = HEADER + Long.BYTES;
    /// Header, parameter id and length of the outer list.
    private static final int KEYS_START = HEADER + PARMS_ID + Long.BYTES;

    /// Ciphertexts have had a correction factor since version 4.
    boolean hasCorrection() {
        return stampMajor >= 4;
    }

    public long wordsPerPolynomial() {
        return (long) primes * degree;
    }

    /// Words in a component's array: both polynomials, or only the first.
    public long wordsPerComponent() {
        return wordsPerPolynomial() * (seeded ? 1 : 2);
    }

    public long componentArray() {
        return ARRAY_START + Long.BYTES * wordsPerComponent();
    }

    /// A component is a public key, and that is one ciphertext of two polynomials.
    public long component() {
        return ciphertextStart() + componentArray() + (seeded ? SEED_OBJECT : 0);
    }

    public long keySwitchingKey() {
        return (primes - 1) * component();
    }

    public long relinearizationKeys() {
        return KEYS_START + Long.BYTES + keySwitchingKey();
    }

    public long galoisKeys(int elements) {
        return KEYS_START + (long) Long.BYTES * degree + elements * keySwitchingKey();
    }

    public long secretKeyArray() {
        return ARRAY_START + Long.BYTES * wordsPerPolynomial();
    }

    public long secretKey() {
        return HEADER + PARMS_ID + 2 * Long.BYTES + secretKeyArray();
    }

    public static long parameters(int primes) {
        return HEADER + 1 + 2 * Long.BYTES + (primes + 1L) * modulus();
    }

    public static long modulus() {
        return HEADER + Long.BYTES;
    }

    /// Header, parameter id, form, three dimensions, scale and, since version 4, the correction factor.
    private int ciphertextStart() {
        return HEADER + PARMS_ID + 1 + 4 * Long.BYTES + (hasCorrection() ? Long.BYTES : 0);
    }
}
