package dev.keyswitch.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.KeyForm;
import dev.keyswitch.contract.model.Rotations;
import dev.keyswitch.contract.model.Scheme;
import dev.keyswitch.contract.model.SealStamp;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProfileFactsTest {

    private static final List<String> PRIMES =
            List.of("1152921504606830593", "1099511480321", "1099511486977", "1152921504606846977");

    @Test
    void tellsACkksProfileInWordsAndNumbers() {
        ProfileFacts facts = new ProfileFacts(profile(Scheme.CKKS, null, Rotations.steps(1, -1, 8), KeyForm.SEEDED));

        assertThat(facts.brief()).isEqualTo("CKKS · 8\u202f192 · 200 bits");
        assertThat(facts.sentence())
                .isEqualTo("Computes on encrypted approximate real numbers, 4\u202f096 in each ciphertext,"
                        + " with up to 2 multiplications in a row.");
        assertThat(facts.rotationWords()).isEqualTo("steps -1, 1, 8");
        assertThat(facts.contents()).isEqualTo("relinearisation and 3 rotation keys");
        assertThat(facts.largestBits()).isEqualTo(218);
    }

    @Test
    void anEvaluationKeyHasOneCiphertextPerDataPrimeAndSwitchingKey() {
        ProfileFacts seeded = new ProfileFacts(profile(Scheme.CKKS, null, Rotations.steps(1), KeyForm.SEEDED));
        ProfileFacts plain = new ProfileFacts(profile(Scheme.CKKS, null, Rotations.steps(1), KeyForm.PLAIN));

        long table = 8192 * 8;
        assertThat(seeded.keyBytes()).isEqualTo(2L * 3 * 4 * 8192 * 8 + table);
        assertThat(plain.keyBytes()).isEqualTo(4L * 3 * 4 * 8192 * 8 + table);
    }

    @Test
    void bfvComputesWithWholeNumbersInEverySlot() {
        ProfileFacts facts = new ProfileFacts(profile(Scheme.BFV, "1032193", Rotations.all(), KeyForm.SEEDED));

        assertThat(facts.sentence())
                .isEqualTo("Computes on encrypted exact whole numbers modulo 1032193, 8\u202f192 in each ciphertext.");
        assertThat(facts.rotationKeys()).isEqualTo(24);
    }

    private static EncryptionProfile profile(
            Scheme scheme, @Nullable String plainModulus, Rotations rotations, KeyForm form) {
        return new EncryptionProfile(
                scheme, 8192, null, PRIMES, null, plainModulus, rotations, true, form, SealStamp.V3_7, "d", "p");
    }
}
