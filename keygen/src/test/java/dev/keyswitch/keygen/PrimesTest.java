package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
        refused("plainModulusBits", () -> Primes.batching(8192, 12));
    }

    private static void refused(String field, Runnable request) {
        assertThatExceptionOfType(InvalidParametersException.class)
                .isThrownBy(request::run)
                .satisfies(e -> assertThat(e.field()).isEqualTo(field));
    }
}
