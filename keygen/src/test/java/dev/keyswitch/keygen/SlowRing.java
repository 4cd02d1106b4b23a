package dev.keyswitch.keygen;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Z_q\[X\]/(X^N+1) as in the textbook: big integers, sums over all pairs, evaluation term by term. Shares no line with the arithmetic under
/// test, not even the root of unity, which it looks for by trying.
final class SlowRing {
    private final int degree;
    private final BigInteger q;

    SlowRing(int degree, BigInteger q) {
        this.degree = degree;
        this.q = q;
    }

    BigInteger[] sum(BigInteger[] a, BigInteger[] b) {
        return each(i -> a[i].add(b[i]));
    }

    BigInteger[] scaled(BigInteger[] a, BigInteger factor) {
        return each(i -> a[i].multiply(factor));
    }

    BigInteger[] product(BigInteger[] a, BigInteger[] b) {
        BigInteger[] product = new BigInteger[degree];
        Arrays.fill(product, BigInteger.ZERO);
        for (int i = 0; i < degree; i++) {
            for (int j = 0; j < degree; j++) {
                BigInteger term = a[i].multiply(b[j]);
                int power = (i + j) % degree;
                product[power] = i + j < degree ? product[power].add(term) : product[power].subtract(term);
            }
        }
        return each(i -> product[i]);
    }

    /// X becomes X^element.
    BigInteger[] image(BigInteger[] a, int element) {
        BigInteger[] image = new BigInteger[degree];
        for (int i = 0; i < degree; i++) {
            int power = Math.toIntExact((long) i * element % (2 * degree));
            image[power % degree] = power < degree ? a[i] : a[i].negate();
        }
        return each(i -> image[i]);
    }

    /// The coefficients of the polynomial whose values at the odd powers of the smallest root, in bit-reversed order, are these.
    BigInteger[] fromValues(long[] values) {
        BigInteger root = smallestRoot();
        BigInteger inverseDegree = BigInteger.valueOf(degree).modInverse(q);
        return each(i -> {
            BigInteger sum = BigInteger.ZERO;
            for (int k = 0; k < degree; k++) {
                BigInteger point = root.modPow(BigInteger.valueOf(exponent(k)), q);
                sum = sum.add(BigInteger.valueOf(values[k]).multiply(point.modPow(BigInteger.valueOf(-i), q)));
            }
            return sum.multiply(inverseDegree);
        });
    }

    /// The inverse of [#fromValues].
    long[] values(BigInteger[] a) {
        BigInteger root = smallestRoot();
        return IntStream.range(0, degree)
                .mapToLong(k -> {
                    BigInteger point = root.modPow(BigInteger.valueOf(exponent(k)), q);
                    BigInteger sum = BigInteger.ZERO;
                    for (int i = 0; i < degree; i++) {
                        sum = sum.add(a[i].multiply(point.modPow(BigInteger.valueOf(i), q)));
                    }
                    return sum.mod(q).longValueExact();
                })
                .toArray();
    }

    /// As the integers nearest to zero.
    BigInteger[] centred(BigInteger[] a) {
        return Arrays.stream(a)
                .map(x -> x.mod(q).shiftLeft(1).compareTo(q) > 0 ? x.mod(q).subtract(q) : x.mod(q))
                .toArray(BigInteger[]::new);
    }

    private int exponent(int index) {
        int reversed = 0;
        for (int bit = 1, rest = index; bit < degree; bit <<= 1, rest >>= 1) {
            reversed = 2 * reversed + (rest & 1);
        }
        return 2 * reversed + 1;
    }

    private BigInteger smallestRoot() {
        BigInteger minusOne = q.subtract(BigInteger.ONE);
        BigInteger power = minusOne.divide(BigInteger.valueOf(2L * degree));
        BigInteger base = BigInteger.TWO;
        while (!base.modPow(power, q).modPow(BigInteger.valueOf(degree), q).equals(minusOne)) {
            base = base.add(BigInteger.ONE);
        }
        BigInteger root = base.modPow(power, q);
        return IntStream.range(0, degree)
                .mapToObj(i -> root.modPow(BigInteger.valueOf(2L * i + 1), q))
                .min(BigInteger::compareTo)
                .orElseThrow();
    }

    private interface Coefficient {
        BigInteger at(int i);
    }

    private BigInteger[] each(Coefficient coefficient) {
        return IntStream.range(0, degree).mapToObj(i -> coefficient.at(i).mod(q)).toArray(BigInteger[]::new);
    }
}
