package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyEstimateTest {
    private static final GenerationSpeed SPEED = new GenerationSpeed(10, 1, 20);

    @Test
    void knowsTheSizeExactly() {
        for (EncryptionParameters parameters : List.of(TinyKeys.CKKS, TinyKeys.BFV, TinyKeys.BGV)) {
            for (KeyProfile profile : profiles(parameters)) {
                byte[] key = TinyKeys.evaluationKey(TinyKeys.secretKey(parameters), profile);

                KeyEstimate estimate = KeyEstimate.of(profile);

                assertThat(estimate.sizeBytes()).isEqualTo(key.length);
                assertThat(estimate.components()).isEqualTo(ComponentMap.of(profile).starts().size());
                assertThat(estimate.components()).isEqualTo(2 * estimate.keySwitchingKeys());
            }
        }
    }

    /// 23 keys of 2 components of 3 · 4096 residues; 12 layers.
    @Test
    void countsTheWork() {
        EncryptionParameters parameters =
                EncryptionParameters.of(Scheme.CKKS, 4096, Primes.create(4096, 36, 36, 37), 0);
        KeyProfile seeded = new KeyProfile(parameters, RotationSteps.all(), true, KeyForm.SEEDED, SealStamp.V3_7);
        KeyProfile plain = new KeyProfile(parameters, RotationSteps.all(), true, KeyForm.PLAIN, SealStamp.V3_7);
        long residues = 23 * 2 * 3 * 4096;

        assertThat(KeyEstimate.of(seeded, SPEED).generation()).isEqualTo(Duration.ofNanos(residues * (10 + 12 + 20)));
        assertThat(KeyEstimate.of(plain, SPEED).generation()).isEqualTo(Duration.ofNanos(residues * (10 + 12)));
        assertThat(KeyEstimate.of(plain)).isEqualTo(KeyEstimate.of(plain, GenerationSpeed.REFERENCE));
    }

    /// Generous on purpose: other programs may run beside this one. What must hold is the order of magnitude.
    @ParameterizedTest
    @EnumSource
    void measuredSpeedForetellsALargerKey(KeyForm form) {
        EncryptionParameters parameters =
                EncryptionParameters.of(Scheme.CKKS, 8192, Primes.create(8192, 60, 40, 40, 60), 0);
        KeyProfile profile = new KeyProfile(parameters, RotationSteps.of(1, 2, 3, 4), true, form, SealStamp.V3_7);
        try (SecretKey secretKey = TinyKeys.secretKey(parameters)) {
            GenerationSpeed speed = GenerationSpeed.measure(Duration.ofSeconds(1));
            long best = Long.MAX_VALUE;
            for (int round = 0; round < 10; round++) {
                long start = System.nanoTime();
                TinyKeys.evaluationKey(secretKey, profile);
                best = Math.min(best, System.nanoTime() - start);
            }

            double ratio = (double) best / KeyEstimate.of(profile, speed).generation().toNanos();

            assertThat(ratio).isBetween(0.1, 10.0);
        }
    }

    @Test
    void refusesSpeedsThatAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new GenerationSpeed(-1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new GenerationSpeed(1, Double.NaN, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new GenerationSpeed(1, 1, -1));
    }

    private static List<KeyProfile> profiles(EncryptionParameters parameters) {
        List<KeyProfile> profiles = new ArrayList<>();
        for (KeyForm form : KeyForm.values()) {
            for (SealStamp stamp : SealStamp.values()) {
                profiles.add(new KeyProfile(parameters, RotationSteps.none(), true, form, stamp));
                profiles.add(new KeyProfile(parameters, RotationSteps.all(), false, form, stamp));
                profiles.add(new KeyProfile(parameters, RotationSteps.of(0, 3, -3), true, form, stamp));
            }
        }
        return profiles;
    }
}
