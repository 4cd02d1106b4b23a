package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SecurityLevelTest {

    static Stream<JsonNode> defaults() {
        return Vectors.each(Vectors.read("primes_roots.json").get("bfv_default"));
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void hasSealsLimitsAndSealsPrimes(JsonNode set) {
        SecurityLevel level = SecurityLevel.valueOf("BITS_" + set.get("sec").asText());
        int degree = set.get("N").asInt();

        long[] primes = Primes.defaults(degree, level);

        assertThat(primes).containsExactly(Vectors.longs(set.get("primes")));
        assertThat(level.maxTotalBits(degree)).hasValue(set.get("max_bit_count").asInt());
        EncryptionParameters parameters = EncryptionParameters.of(Scheme.CKKS, degree, primes, 0);
        assertThat(parameters.security()).contains(level);
        assertThat(parameters.requireSecurity(level)).isSameAs(parameters);
    }

    @ParameterizedTest
    @CsvSource({
        "1024, BITS_192, 19", "2048, BITS_192, 37", "4096, BITS_192, 75", "8192, BITS_192, 152", "16384, BITS_192, 305",
        "32768, BITS_192, 611", "2048, BITS_256, 29", "4096, BITS_256, 58", "8192, BITS_256, 118", "16384, BITS_256, 237",
        "32768, BITS_256, 476"
    })
    void allowsWhatTheTableAllowsAndNotOneBitMore(int degree, SecurityLevel level, int limit) {
        EncryptionParameters fitting = ckks(degree, limit);
        EncryptionParameters tooLong = ckks(degree, limit + 1);

        assertThat(fitting.security().orElseThrow()).isGreaterThanOrEqualTo(level);
        assertThat(fitting.requireSecurity(level)).isSameAs(fitting);
        assertThat(tooLong.security().orElseThrow()).isLessThan(level);
        assertThatExceptionOfType(InvalidParametersException.class)
                .isThrownBy(() -> tooLong.requireSecurity(level))
                .satisfies(e -> assertThat(e.field()).isEqualTo("coeffModulus"))
                .withMessageContaining("The primes have " + (limit + 1) + " bits together; " + level.bits()
                        + "-bit security at degree " + degree + " allows " + limit + ".");
    }

    @ParameterizedTest
    @EnumSource
    void knowsNoOtherDegrees(SecurityLevel level) {
        for (int degree : new int[] {-1024, 0, 1, 512, 1025, 3072, 65536}) {
            assertThat(level.maxTotalBits(degree)).isEmpty();
        }
        assertThatExceptionOfType(InvalidParametersException.class)
                .isThrownBy(() -> Primes.defaults(512, level))
                .satisfies(e -> assertThat(e.field()).isEqualTo("polyModulusDegree"));
        assertThatExceptionOfType(InvalidParametersException.class)
                .isThrownBy(() -> TinyKeys.BFV.requireSecurity(level))
                .satisfies(e -> assertThat(e.field()).isEqualTo("polyModulusDegree"));
    }

    @Test
    void saysWhenThereIsNone() {
        assertThat(TinyKeys.BFV.security()).isEmpty();
        assertThat(EncryptionParameters.ofInsecureForTests(Scheme.CKKS, 1024, Primes.create(1024, 28), 0).security())
                .isEqualTo(Optional.empty());
    }

    private static EncryptionParameters ckks(int degree, int totalBits) {
        int count = (totalBits + 54) / 55;
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            lengths[i] = totalBits / count + (i < totalBits % count ? 1 : 0);
        }
        return EncryptionParameters.of(Scheme.CKKS, degree, Primes.create(degree, lengths), 0);
    }
}
