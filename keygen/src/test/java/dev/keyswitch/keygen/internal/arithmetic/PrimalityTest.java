package dev.keyswitch.keygen.internal.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrimalityTest {
    @Test
    void agreesWithASieveOnSmallNumbers() {
        int limit = 100_000;
        BitSet composite = new BitSet(limit);
        for (int i = 2; i < limit; i++) {
            for (long multiple = (long) i * i; multiple < limit && !composite.get(i); multiple += i) {
                composite.set((int) multiple);
            }
        }
        for (int i = 0; i < limit; i++) {
            assertThat(Primality.isPrime(i)).as("%d", i).isEqualTo(i >= 2 && !composite.get(i));
        }
    }

    @Test
    void agreesWithJavaOnLargeNumbers() {
        Random random = new Random(60);
        for (int round = 0; round < 3_000; round++) {
            long candidate = random.nextLong(1L << 60) | 1;
            assertThat(Primality.isPrime(candidate))
                    .as("%d", candidate)
                    .isEqualTo(BigInteger.valueOf(candidate).isProbablePrime(50));
        }
    }

    /// Strong pseudoprimes to many small bases, and a Carmichael number.
    @ParameterizedTest
    @ValueSource(longs = {3215031751L, 3474749660383L, 341550071728321L, 561, 825265, 321197185})
    void seesThroughPseudoprimes(long composite) {
        assertThat(Primality.isPrime(composite)).isFalse();
    }
}
