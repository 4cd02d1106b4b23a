package dev.keyswitch.keygen.internal.arithmetic;

/// Primality of numbers below 2^60. The bases make Miller and Rabin's test exact far beyond 64 bits (J. Sorenson and J. Webster,
/// "Strong pseudoprimes to twelve prime bases", 2015).
public final class Primality {
    private static final int[] BASES = {2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};

    private Primality() {}

    public static boolean isPrime(long candidate) {
        if (candidate < 2) {
            return false;
        }
        for (int base : BASES) {
            if (candidate % base == 0) {
                return candidate == base;
            }
        }
        Modulus modulus = new Modulus(candidate);
        for (int base : BASES) {
            if (isWitness(base, modulus)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWitness(int base, Modulus modulus) {
        long minusOne = modulus.value() - 1;
        int twos = Long.numberOfTrailingZeros(minusOne);
        long x = modulus.power(base, minusOne >>> twos);
        if (x == 1 || x == minusOne) {
            return false;
        }
        for (int squaring = 1; squaring < twos; squaring++) {
            x = modulus.multiply(x, x);
            if (x == minusOne) {
                return false;
            }
        }
        return true;
    }
}
