package dev.keyswitch.keygen.internal.arithmetic;

/// Arithmetic modulo an odd number of 2 to 60 bits. Nothing here branches on the values it computes with, so it is fit for secrets.
///
/// Barrett reduction with a 128-bit reciprocal; products with a fixed operand use Shoup's companion word (V. Shoup, NTL; D. Harvey,
/// "Faster arithmetic for number-theoretic transforms", 2014).
public final class Modulus {
    public static final int MAX_BITS = 60;

    private final long value;
    /// floor(2^128 / value), as two words.
    private final long ratioHigh;
    private final long ratioLow;

    public Modulus(long value) {
        if (value < 3 || (value & 1) == 0 || Long.SIZE - Long.numberOfLeadingZeros(value) > MAX_BITS) {
            throw new IllegalArgumentException("a modulus is odd and has 2 to 60 bits");
        }
        this.value = value;
        ratioHigh = Long.divideUnsigned(-1L, value);
        ratioLow = divideShifted(-(ratioHigh * value), value);
    }

    public long value() {
        return value;
    }

    /// floor((2^64 − 1) / value): the high word of the reciprocal.
    public long ratio() {
        return ratioHigh;
    }

    /// x mod value for any unsigned 64-bit x.
    public long reduce(long x) {
        return subtractIfAtLeast(x - Math.unsignedMultiplyHigh(x, ratioHigh) * value, value);
    }

    public long add(long a, long b) {
        return subtractIfAtLeast(a + b, value);
    }

    public long subtract(long a, long b) {
        long difference = a - b;
        return difference + (value & (difference >> 63));
    }

    public long negate(long a) {
        return subtract(0, a);
    }

    /// a * b mod value for a, b below value.
    public long multiply(long a, long b) {
        long high = Math.unsignedMultiplyHigh(a, b);
        long low = a * b;
        // The three floors and the reciprocal's own each lose less than one, so the remainder is below 4 * value.
        long quotient =
                high * ratioHigh + Math.unsignedMultiplyHigh(high, ratioLow) + Math.unsignedMultiplyHigh(low, ratioHigh);
        long remainder = low - quotient * value;
        return subtractIfAtLeast(subtractIfAtLeast(remainder, 2 * value), value);
    }

    public long power(long base, long exponent) {
        long result = 1;
        long square = base;
        for (long rest = exponent; rest != 0; rest >>>= 1) {
            if ((rest & 1) == 1) {
                result = multiply(result, square);
            }
            square = multiply(square, square);
        }
        return result;
    }

    /// The inverse of a non-zero residue; the modulus must be prime.
    public long inverse(long a) {
        return power(a, value - 2);
    }

    /// Shoup's companion of a fixed operand below value: floor(operand * 2^64 / value).
    public long companion(long operand) {
        long estimate = operand * ratioHigh + Math.unsignedMultiplyHigh(operand, ratioLow);
        long remainder = -(estimate * value);
        return estimate + 1 + ((remainder - value) >> 63);
    }

    /// x * operand mod value, up to one modulus too large, for any unsigned 64-bit x.
    public static long multiplyLazily(long x, long operand, long companion, long modulus) {
        return x * operand - Math.unsignedMultiplyHigh(x, companion) * modulus;
    }

    /// x - bound if that is not negative, else x; both below 2^63.
    public static long subtractIfAtLeast(long x, long bound) {
        long difference = x - bound;
        return difference + (bound & (difference >> 63));
    }

    /// floor(high * 2^64 / divisor) for high below divisor, bit by bit: only ever needed once per modulus.
    private static long divideShifted(long high, long divisor) {
        long quotient = 0;
        long rest = high;
        for (int bit = 0; bit < Long.SIZE; bit++) {
            rest <<= 1;
            quotient <<= 1;
            if (rest >= divisor) {
                rest -= divisor;
                quotient |= 1;
            }
        }
        return quotient;
    }
}
