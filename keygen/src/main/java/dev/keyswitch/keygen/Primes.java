package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import dev.keyswitch.keygen.internal.arithmetic.Primality;
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

    private static long[] search(String field, int polyModulusDegree, int... bits) {
        EncryptionParameters.requireDegree(polyModulusDegree);
        if (bits.length == 0 || bits.length > EncryptionParameters.MAX_PRIMES) {
            throw new InvalidParametersException(
                    field, "There must be 1 to " + EncryptionParameters.MAX_PRIMES + " bit lengths, not " + bits.length + ".");
        }
        Map<Integer, Integer> wanted = new HashMap<>();
        for (int length : bits) {
            wanted.merge(length, 1, Integer::sum);
        }
        Map<Integer, Deque<Long>> found = new HashMap<>();
        wanted.forEach((length, count) -> found.put(length, largest(field, polyModulusDegree, length, count)));
        // SEAL hands out the smallest prime of a length first.
        long[] primes = new long[bits.length];
        for (int i = 0; i < primes.length; i++) {
            primes[i] = Objects.requireNonNull(found.get(bits[i])).removeLast();
        }
        return primes;
    }

    private static Deque<Long> largest(String field, int polyModulusDegree, int bits, int count) {
        if (bits < 2 || bits > Modulus.MAX_BITS) {
            throw new InvalidParametersException(field, "A prime has 2 to 60 bits, not " + bits + ".");
        }
        long step = 2L * polyModulusDegree;
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
                    "There are only " + primes.size() + " primes of " + bits + " bits that fit degree " + polyModulusDegree
                            + ", not " + count + ".");
        }
        return primes;
    }
}
