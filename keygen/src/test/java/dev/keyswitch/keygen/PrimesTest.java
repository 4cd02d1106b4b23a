package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PrimesTest {

    static Stream<JsonNode> created() {
        return Vectors.each(Vectors.read("primes_roots.json").get("coeff_modulus_create"));
    }

    static Stream<JsonNode> batching() {
        return Vectors.each(Vectors.read("primes_roots.json").get("plain_batching"));
    }

    @ParameterizedTest
    @MethodSource("created")
    void findsThePrimesThatSealFinds(JsonNode set) {
        assertThat(Primes.create(set.get("N").asInt(), Vectors.ints(set.get("bits"))))
                .containsExactly(Vectors.longs(set.get("primes")));
    }

    @ParameterizedTest
    @MethodSource("batching")
    void findsThePlainModulusThatSealFinds(JsonNode set) {
        assertThat(Primes.batching(set.get("N").asInt(), set.get("bits").asInt())).isEqualTo(set.get("t").asLong());
    }

    /// SEAL's search for BGV, by its definition: downwards, through the numbers that are 1 modulo both.
    @ParameterizedTest
    @CsvSource({"1024, 17, 40", "4096, 1032193, 50", "8192, 65536, 45", "16384, 786433, 58", "32768, 3, 30"})
    void findsPrimesThatAreOneModuloThePlainModulusToo(int degree, long plainModulus, int bits) {
        long[] expected = LongStream.iterate((1L << bits) - 2L * degree + 1, candidate -> candidate - 2L * degree)
                .filter(candidate -> candidate % plainModulus == 1)
                .filter(candidate -> BigInteger.valueOf(candidate).isProbablePrime(60))
                .limit(2)
                .toArray();

        assertThat(Primes.createForPlainModulus(degree, plainModulus, bits, bits)).containsExactly(expected[1], expected[0]);
    }

    @Test
    void saysWhichRequestCannotBeMet() {
        refused("coeffModulusBits", () -> Primes.create(8192));
        refused("coeffModulusBits", () -> Primes.create(8192, 60, 61));
        refused("coeffModulusBits", () -> Primes.create(8192, 1));
        refused("coeffModulusBits", () -> Primes.create(8192, -3));
        refused("coeffModulusBits", () -> Primes.create(8192, 14));
        refused("coeffModulusBits", () -> Primes.create(8192, 17, 17, 17, 17, 17));
        refused("coeffModulusBits", () -> Primes.create(8192, new int[65]));
        refused("polyModulusDegree", () -> Primes.create(8000, 60));
        refused("coeffModulusBits", () -> Primes.createForPlainModulus(8192, (1L << 60) - 1, 60));
        refused("coeffModulusBits", () -> Primes.createForPlainModulus(8192, 1032193, 30));
        refused("plainModulus", () -> Primes.createForPlainModulus(8192, 1, 60));
        refused("plainModulus", () -> Primes.createForPlainModulus(8192, -3, 60));
        refused("plainModulus", () -> Primes.createForPlainModulus(8192, 1L << 60, 60));
        refused("polyModulusDegree", () -> Primes.createForPlainModulus(8000, 65537, 60));
        refused("plainModulusBits", () -> Primes.batching(8192, 12));
    }

    private static void refused(String field, Runnable request) {
        assertThatExceptionOfType(InvalidParametersException.class)
                .isThrownBy(request::run)
                .satisfies(e -> assertThat(e.field()).isEqualTo(field));
    }
}
