package dev.keyswitch.keygen.internal.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModulusTest {
    private static final int ROUNDS = 20_000;

    @ParameterizedTest
    @ValueSource(longs = {3, 97, 12289, 68719403009L, 1099511480321L, 1027673764551835649L, 1152921504606830593L, (1L << 60) - 1})
    void agreesWithBigNumbers(long value) {
        Modulus modulus = new Modulus(value);
        BigInteger big = BigInteger.valueOf(value);
        Random random = new Random(value);
        for (int round = 0; round < ROUNDS; round++) {
            long any = round == 0 ? -1L : random.nextLong();
            long a = edgeOrRandom(random, value);
            long b = edgeOrRandom(random, value);

            assertThat(modulus.reduce(any)).isEqualTo(Long.remainderUnsigned(any, value));
            assertThat(modulus.add(a, b)).isEqualTo(big(a).add(big(b)).mod(big).longValueExact());
            assertThat(modulus.subtract(a, b)).isEqualTo(big(a).subtract(big(b)).mod(big).longValueExact());
            assertThat(modulus.negate(a)).isEqualTo(big(a).negate().mod(big).longValueExact());
            assertThat(modulus.multiply(a, b)).isEqualTo(big(a).multiply(big(b)).mod(big).longValueExact());
            long companion = modulus.companion(a);
            assertThat(companion).isEqualTo(big(a).shiftLeft(Long.SIZE).divide(big).longValue());
            long lazy = Modulus.multiplyLazily(any, a, companion, value);
            assertThat(lazy).isBetween(0L, 2 * value - 1);
            assertThat(lazy % value).isEqualTo(unsigned(any).multiply(big(a)).mod(big).longValueExact());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {97, 12289, 1152921504606830593L})
    void invertsAndRaises(long prime) {
        Modulus modulus = new Modulus(prime);
        Random random = new Random(prime);
        for (int round = 0; round < 100; round++) {
            long a = 1 + random.nextLong(prime - 1);
            long exponent = random.nextLong(Long.MAX_VALUE);

            assertThat(modulus.multiply(a, modulus.inverse(a))).isEqualTo(1);
            assertThat(modulus.power(a, exponent))
                    .isEqualTo(big(a).modPow(big(exponent), big(prime)).longValueExact());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 96, -97, 1L << 60, (1L << 60) + 1, Long.MAX_VALUE})
    void refusesWhatItsConstantsCannotServe(long value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Modulus(value));
    }

    private static long edgeOrRandom(Random random, long value) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> value - 1;
            default -> random.nextLong(value);
        };
    }

    private static BigInteger big(long value) {
        return BigInteger.valueOf(value);
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }
}
