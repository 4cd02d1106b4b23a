package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EncryptionParametersTest {
    private static final long[] CKKS_PRIMES = Primes.create(8192, 60, 40, 40, 60);
    private static final long[] BFV_PRIMES = {68719403009L, 68719230977L, 137438822401L};

    static Stream<JsonNode> sets() {
        return Vectors.each(Vectors.read("parms.json"));
    }

    @ParameterizedTest
    @MethodSource("sets")
    void writesParametersAsSealDoes(JsonNode set) {
        byte[] seal = parameters(set).toSeal(SealStamp.V4_4);

        assertThat(HexFormat.of().formatHex(seal)).isEqualTo(set.get("serialized_none").asText());
    }

    @ParameterizedTest
    @MethodSource("sets")
    void namesEveryLevelAsSealDoes(JsonNode set) {
        EncryptionParameters parameters = parameters(set);
        for (JsonNode level : set.get("levels_key_first")) {
            long[] primes = Arrays.copyOf(parameters.coeffModulus(), level.get("primes").asInt());

            ParmsId id = ParmsId.of(
                    parameters.scheme(), parameters.polyModulusDegree(), primes, parameters.plainModulus());

            assertThat(id.toHex()).isEqualTo(level.get("parms_id_bytes").asText());
        }
        assertThat(parameters.parmsId().toHex())
                .isEqualTo(set.get("levels_key_first").get(0).get("parms_id_bytes").asText());
    }

    @Test
    void stampsEveryHeaderOfTheParameters() {
        byte[] seal = EncryptionParameters.of(Scheme.BFV, 4096, BFV_PRIMES, 1032193).toSeal(SealStamp.V3_7);

        assertThat(seal).hasSize(16 + 17 + 24 * 4);
        for (int header : new int[] {0, 33, 57, 81, 105}) {
            assertThat(Arrays.copyOfRange(seal, header, header + 6)).isEqualTo(new byte[] {0x5e, (byte) 0xa1, 16, 3, 7, 0});
        }
    }

    @ParameterizedTest
    @CsvSource({"1024, 27", "2048, 54", "4096, 109", "8192, 218", "16384, 438", "32768, 881"})
    void allowsWhatTheSecurityTableAllowsAndNotOneBitMore(int degree, int limit) {
        long[] fitting = Primes.create(degree, split(limit));
        long[] tooLong = Primes.create(degree, split(limit + 1));

        assertThat(EncryptionParameters.of(Scheme.CKKS, degree, fitting, 0).coeffModulus()).isEqualTo(fitting);
        refused("coeffModulus", () -> EncryptionParameters.of(Scheme.CKKS, degree, tooLong, 0));
        assertThat(EncryptionParameters.ofInsecureForTests(Scheme.CKKS, degree, tooLong, 0).coeffModulus())
                .isEqualTo(tooLong);
    }

    @Test
    void refusesDegreesOutsideTheTableEvenWithShortPrimes() {
        refused("polyModulusDegree", () -> EncryptionParameters.of(Scheme.CKKS, 512, Primes.create(512, 20), 0));
        refused("polyModulusDegree", () -> EncryptionParameters.of(Scheme.CKKS, 65536, Primes.create(65536, 60), 0));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "-8", "3", "4095", "262144"})
    void refusesDegreesThatSealDoesNotHave(int degree) {
        refused("polyModulusDegree", () -> EncryptionParameters.ofInsecureForTests(Scheme.CKKS, degree, CKKS_PRIMES, 0));
    }

    @Test
    void refusesModuliThatSealRefuses() {
        long composite = 16385L * 65537; // 1 modulo 16384 but not a prime
        refusedPrimes();
        refusedPrimes(composite);
        refusedPrimes(1152921504606748673L, 1152921504606748673L);
        refusedPrimes(1152921504606748671L);
        refusedPrimes(-1152921504606748673L);
        refusedPrimes(0);
        refusedPrimes(1);
        refusedPrimes(12289); // a prime, but 1 modulo 4096 only
        refusedPrimes(2305843009213317121L); // 61 bits
        refusedPrimes(new long[65]);
    }

    @Test
    void refusesPlainModuliThatSealRefuses() {
        refusedPlain(Scheme.CKKS, 65537);
        for (Scheme scheme : new Scheme[] {Scheme.BFV, Scheme.BGV}) {
            refusedPlain(scheme, 0);
            refusedPlain(scheme, 1);
            refusedPlain(scheme, -5);
            refusedPlain(scheme, 1L << 60);
            refusedPlain(scheme, BFV_PRIMES[1]);
            refusedPlain(scheme, 3 * BFV_PRIMES[0]);
        }
        long[] onePrime = {BFV_PRIMES[0]};
        refused("plainModulus", () -> EncryptionParameters.of(Scheme.BFV, 4096, onePrime, BFV_PRIMES[0] + 1));
    }

    @Test
    void acceptsAPlainModulusWithoutSlots() {
        assertThat(EncryptionParameters.of(Scheme.BFV, 4096, BFV_PRIMES, 1024).hasSlots()).isFalse();
        assertThat(EncryptionParameters.of(Scheme.BFV, 4096, BFV_PRIMES, 1032193).hasSlots()).isTrue();
    }

    @Test
    void keepsItsPrimesToItself() {
        long[] primes = BFV_PRIMES.clone();
        EncryptionParameters parameters = EncryptionParameters.of(Scheme.BFV, 4096, primes, 1032193);

        primes[0] = 1;
        parameters.coeffModulus()[1] = 1;

        assertThat(parameters.coeffModulus()).isEqualTo(BFV_PRIMES);
        assertThat(parameters).isEqualTo(EncryptionParameters.of(Scheme.BFV, 4096, BFV_PRIMES, 1032193));
    }

    private static int[] split(int bits) {
        int count = (bits + 54) / 55;
        int[] lengths = new int[count];
        for (int i = 0; i < count; i++) {
            lengths[i] = bits / count + (i < bits % count ? 1 : 0);
        }
        return lengths;
    }

    private static EncryptionParameters parameters(JsonNode set) {
        return EncryptionParameters.ofInsecureForTests(
                Vectors.scheme(set.get("scheme").asInt()),
                set.get("N").asInt(),
                Vectors.longs(set.get("primes")),
                set.get("t").asLong());
    }

    private static void refusedPrimes(long... primes) {
        refused("coeffModulus", () -> EncryptionParameters.of(Scheme.CKKS, 8192, primes, 0));
    }

    private static void refusedPlain(Scheme scheme, long plainModulus) {
        refused("plainModulus", () -> EncryptionParameters.of(scheme, 4096, BFV_PRIMES, plainModulus));
    }

    private static void refused(String field, Runnable construction) {
        assertThatExceptionOfType(InvalidParametersException.class)
                .isThrownBy(construction::run)
                .satisfies(e -> assertThat(e.field()).isEqualTo(field))
                .satisfies(e -> assertThat(e.getMessage()).endsWith("."));
    }
}
