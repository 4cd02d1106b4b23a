package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import dev.keyswitch.keygen.internal.arithmetic.Primality;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// Finds the primes that SEAL finds for the same request, so that both sides may speak in bit lengths.
public final class Primes {
    private Primes() {}

    /// The primes of `CoeffModulus::Create(polyModulusDegree, bits)`, in the order of `bits`.
    ///
    /// @throws InvalidParametersException with field `polyModulusDegree` or `coeffModulusBits`
    public static long[] create(int polyModulusDegree, int... bits) {
        return search("coeffModulusBits", polyModulusDegree, bits);
    }

    /// The prime of `PlainModulus::Batching(polyModulusDegree, bits)`.
    ///
    /// @throws InvalidParametersException with field `polyModulusDegree` or `plainModulusBits`
    public static long batching(int polyModulusDegree, int bits) {
        return search("plainModulusBits", polyModulusDegree, bits)[0];
    }

    /// The primes of `CoeffModulus::Create(polyModulusDegree, plainModulus, bits)`, which BGV may use: each is 1 modulo the plain modulus too.
    ///
    /// @throws InvalidParametersException with field `polyModulusDegree`, `plainModulus` or `coeffModulusBits`
    public static long[] createForPlainModulus(int polyModulusDegree, long plainModulus, int... bits) {
        EncryptionParameters.requireDegree(polyModulusDegree);
        if (plainModulus < 2 || plainModulus >= 1L << Modulus.MAX_BITS) {
            throw new InvalidParametersException(
                    "plainModulus", "The plain modulus has 2 to 60 bits; " + Long.toUnsignedString(plainModulus) + " has not.");
        }
        BigInteger order = BigInteger.valueOf(2L * polyModulusDegree);
        BigInteger plain = BigInteger.valueOf(plainModulus);
        BigInteger step = order.multiply(plain.divide(plain.gcd(order)));
        // Beyond the longest prime there is nothing to find, and any such step says so.
        return search("coeffModulusBits", step.min(BigInteger.ONE.shiftLeft(Modulus.MAX_BITS)).longValueExact(), bits);
    }

    /// The primes of `CoeffModulus::BFVDefault`, which SEAL proposes for a level of security.
    ///
    /// @throws InvalidParametersException with field `polyModulusDegree`
    public static long[] defaults(int polyModulusDegree, SecurityLevel level) {
        if (level.maxTotalBits(polyModulusDegree).isEmpty()) {
            throw new InvalidParametersException(
                    "polyModulusDegree", "SEAL proposes primes for degrees 1024 to 32768, not for " + polyModulusDegree + ".");
        }
        return SealDefaults.primes(polyModulusDegree, level);
    }

    private static long[] search(String field, int polyModulusDegree, int... bits) {
        EncryptionParameters.requireDegree(polyModulusDegree);
        return search(field, 2L * polyModulusDegree, bits);
    }

    /// @param step every prime is 1 modulo this number
    private static long[] search(String field, long step, int... bits) {
        if (bits.length == 0 || bits.length > EncryptionParameters.MAX_PRIMES) {
            throw new InvalidParametersException(
                    field, "There must be 1 to " + EncryptionParameters.MAX_PRIMES + " bit lengths, not " + bits.length + ".");
        }
        Map<Integer, Integer> wanted = new HashMap<>();
        for (int length : bits) {
            wanted.merge(length, 1, Integer::sum);
        }
        Map<Integer, Deque<Long>> found = new HashMap<>();
        wanted.forEach((length, count) -> found.put(length, largest(field, step, length, count)));
        // SEAL hands out the smallest prime of a length first.
        long[] primes = new long[bits.length];
        for (int i = 0; i < primes.length; i++) {
            primes[i] = Objects.requireNonNull(found.get(bits[i])).removeLast();
        }
        return primes;
    }

    private static Deque<Long> largest(String field, long step, int bits, int count) {
        if (bits < 2 || bits > Modulus.MAX_BITS) {
            throw new InvalidParametersException(field, "A prime has 2 to 60 bits, not " + bits + ".");
        }
        Deque<Long> primes = new ArrayDeque<>();
        long candidate = ((1L << bits) - 1) / step * step + 1;
        for (; primes.size() < count && candidate > 1L << (bits - 1); candidate -= step) {
            if (Primality.isPrime(candidate)) {
                primes.add(candidate);
            }
        }
        if (primes.size() < count) {
            throw new InvalidParametersException(
                    field,
                    "There are only " + primes.size() + " primes of " + bits + " bits that are 1 modulo " + step + ", not "
                            + count + ".");
        }
        return primes;
    }
}
