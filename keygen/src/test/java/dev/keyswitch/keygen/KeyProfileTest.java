package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.keyswitch.keygen.EvaluationKeyLayout.Part;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyProfileTest {
    private static final long[] BFV_PRIMES = {68719403009L, 68719230977L, 137438822401L};
    private static final EncryptionParameters BFV = EncryptionParameters.of(Scheme.BFV, 4096, BFV_PRIMES, 1032193);

    /// Lengths of real SEAL files, stamp 4.x, without compression.
    @ParameterizedTest
    @CsvSource({
        "4096, 36 36 37, 393506, 197060, 196996, 4366736, 22",
        "8192, 60 40 40 60, 1573267, 787078, 787014, 18953928, 24",
        "16384, 60 40 40 40 40 40 40 60, 14680919, 7341454, 7341390, 191007268, 26",
        "32768, 60 40 40 40 40 40 40 40 40 40 40 40 40 40 60, 110102126, 55053020, 55052956, 1541744968, 28"
    })
    void knowsTheSizesOfSealsFiles(
            int degree, String bits, long relin, long relinSeeded, long oneKeySeeded, long allSeeded, int keys) {
        int[] lengths = Arrays.stream(bits.split(" ")).mapToInt(Integer::parseInt).toArray();
        EncryptionParameters parameters =
                EncryptionParameters.of(Scheme.CKKS, degree, Primes.create(degree, lengths), 0);

        assertThat(size(parameters, RotationSteps.none(), true, KeyForm.PLAIN)).isEqualTo(relin);
        assertThat(size(parameters, RotationSteps.none(), true, KeyForm.SEEDED)).isEqualTo(relinSeeded);
        assertThat(size(parameters, RotationSteps.all(), false, KeyForm.SEEDED)).isEqualTo(allSeeded);
        assertThat(size(parameters, RotationSteps.of(1, 2), false, KeyForm.SEEDED)
                        - size(parameters, RotationSteps.of(1), false, KeyForm.SEEDED))
                .isEqualTo(oneKeySeeded);
        EvaluationKeyLayout layout =
                new KeyProfile(parameters, RotationSteps.all(), true, KeyForm.SEEDED, SealStamp.V4_1).layout();
        assertThat(layout.keySwitchingKeys()).isEqualTo(keys + 1);
        assertThat(layout.components()).isEqualTo((keys + 1) * (lengths.length - 1));
        assertThat(layout.parts())
                .containsExactly(
                        new Part(PartKind.RELINEARIZATION, 0, relinSeeded),
                        new Part(PartKind.ROTATION, relinSeeded, allSeeded));
        assertThat(layout.sizeBytes()).isEqualTo(relinSeeded + allSeeded);
    }

    @Test
    void isWrittenInOneWayOnly() {
        KeyProfile profile = new KeyProfile(BFV, RotationSteps.of(64, -1, 0, 64), true, KeyForm.SEEDED, SealStamp.V3_7);

        assertThat(profile.canonicalJson())
                .isEqualTo("{\"coeffModulus\":[\"68719403009\",\"68719230977\",\"137438822401\"],\"keyForm\":\"SEEDED\","
                        + "\"plainModulus\":\"1032193\",\"polyModulusDegree\":4096,\"relinearization\":true,"
                        + "\"rotations\":[-1,0,64],\"scheme\":\"BFV\",\"sealStamp\":\"3.7\"}");
        // printf %s … | sha256sum
        assertThat(profile.digest()).isEqualTo("897845039614372b65bc8fa744825ff3211dd17b15782ebf6a7b27b443dad84d");
        assertThat(profile).isEqualTo(
                new KeyProfile(BFV, RotationSteps.of(0, -1, 64), true, KeyForm.SEEDED, SealStamp.V3_7));
    }

    @Test
    void saysAllAndNoneInWords() {
        KeyProfile all = new KeyProfile(BFV, RotationSteps.all(), false, KeyForm.PLAIN, SealStamp.V4_4);
        KeyProfile none = new KeyProfile(BFV, RotationSteps.of(), true, KeyForm.PLAIN, SealStamp.V4_4);

        assertThat(all.canonicalJson()).contains("\"relinearization\":false,\"rotations\":\"ALL\"", "\"sealStamp\":\"4.4\"");
        assertThat(none.canonicalJson()).contains("\"relinearization\":true,\"rotations\":\"NONE\"");
        assertThat(all.digest()).isNotEqualTo(none.digest());
    }

    @Test
    void countsStepsThatMeanTheSameRotationOnce() {
        EvaluationKeyLayout layout =
                new KeyProfile(BFV, RotationSteps.of(-1, 2047), false, KeyForm.SEEDED, SealStamp.V3_7).layout();

        assertThat(layout.keySwitchingKeys()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"2048", "-2048", "4096", "2147483647", "-2147483648"})
    void refusesStepsOutsideTheSlots(int step) {
        refused("rotations", BFV, RotationSteps.of(1, step), true);
    }

    @Test
    void refusesWhatNoKeyCanServe() {
        refused("relinearization", BFV, RotationSteps.none(), false);
        EncryptionParameters onePrime =
                EncryptionParameters.of(Scheme.BFV, 4096, new long[] {BFV_PRIMES[0]}, 1032193);
        refused("coeffModulus", onePrime, RotationSteps.none(), true);
        EncryptionParameters withoutSlots = EncryptionParameters.of(Scheme.BFV, 4096, BFV_PRIMES, 1024);
        refused("rotations", withoutSlots, RotationSteps.all(), true);
        refused("rotations", withoutSlots, RotationSteps.of(1), true);
        assertThat(new KeyProfile(withoutSlots, RotationSteps.none(), true, KeyForm.PLAIN, SealStamp.V3_7).layout().parts())
                .hasSize(1);
        EncryptionParameters plainTooLarge = EncryptionParameters.of(
                Scheme.BFV, 4096, new long[] {BFV_PRIMES[0], BFV_PRIMES[1]}, BFV_PRIMES[0] + 2);
        refused("plainModulus", plainTooLarge, RotationSteps.none(), true);
    }

    private static long size(EncryptionParameters parameters, RotationSteps rotations, boolean relinearization, KeyForm form) {
        return new KeyProfile(parameters, rotations, relinearization, form, SealStamp.V4_4).layout().sizeBytes();
    }

    private static void refused(
            String field, EncryptionParameters parameters, RotationSteps rotations, boolean relinearization) {
        assertThatExceptionOfType(InvalidParametersException.class)
                .isThrownBy(() -> new KeyProfile(parameters, rotations, relinearization, KeyForm.SEEDED, SealStamp.V3_7))
                .satisfies(e -> assertThat(e.field()).isEqualTo(field));
    }
}
