package dev.keyswitch.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.KeyForm;
import dev.keyswitch.contract.model.Rotations;
import dev.keyswitch.contract.model.Scheme;
import dev.keyswitch.contract.model.SealStamp;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncryptionProfilesTest {

    @Test
    void findsThePrimesSealFindsForTheSizes() {
        var requested = EncryptionProfile.ckks(8192, 60, 40, 40, 60);

        var answered = EncryptionProfiles.describe(EncryptionProfiles.resolve(requested));

        assertThat(answered.coeffModulus())
                .containsExactly("1152921504606748673", "1099510890497", "1099511480321", "1152921504606830593");
        assertThat(answered.parmsId()).isEqualTo("e2a8dd3f1586dacfac02a4591f26b3ba536e0b1f60e28faef57f030eab08c5dd");
        assertThat(answered.coeffModulusBits()).isNull();
    }

    @Test
    void fillsInTheDefaults() {
        var answered = EncryptionProfiles.describe(EncryptionProfiles.resolve(EncryptionProfile.bfv(4096, 20, 36, 36, 37)));

        assertThat(answered.rotations()).isEqualTo(Rotations.none());
        assertThat(answered.relinearization()).isTrue();
        assertThat(answered.keyForm()).isEqualTo(KeyForm.SEEDED);
        assertThat(answered.sealStamp()).isEqualTo(SealStamp.V3_7);
        assertThat(answered.plainModulus()).isEqualTo("1032193");
    }

    @Test
    void readsBackWhatItDescribes() {
        var profile =
                EncryptionProfiles.resolve(EncryptionProfile.bfv(4096, 20, 36, 36, 37).withRotations(Rotations.steps(1, -1, 0)));

        var again = EncryptionProfiles.of(EncryptionProfiles.describe(profile));

        assertThat(again.digest()).isEqualTo(profile.digest());
    }

    @Test
    void doesNotBelieveADigest() {
        var honest = EncryptionProfiles.describe(EncryptionProfiles.resolve(EncryptionProfile.ckks(8192, 60, 40, 60)));
        var other = EncryptionProfiles.describe(EncryptionProfiles.resolve(EncryptionProfile.ckks(8192, 60, 60)));
        var forged = new EncryptionProfile(
                other.scheme(),
                other.polyModulusDegree(),
                null,
                other.coeffModulus(),
                null,
                null,
                other.rotations(),
                other.relinearization(),
                other.keyForm(),
                other.sealStamp(),
                honest.digest(),
                other.parmsId());

        assertThatThrownBy(() -> EncryptionProfiles.of(forged))
                .isInstanceOfSatisfying(InvalidProfileException.class, e -> assertThat(e.field()).isEqualTo("digest"));
    }

    @Test
    void namesTheFieldThatIsWrong() {
        assertField("scheme", profile(null, 4096, List.of(36, 36, 37), null, 20, null));
        assertField("polyModulusDegree", profile(Scheme.BFV, null, List.of(36, 36, 37), null, 20, null));
        assertField("polyModulusDegree", profile(Scheme.BFV, 5000, List.of(36, 36, 37), null, 20, null));
        assertField("coeffModulus", profile(Scheme.BFV, 4096, null, null, 20, null));
        assertField("coeffModulus", profile(Scheme.BFV, 4096, List.of(36), List.of("97"), 20, null));
        assertField("coeffModulus", profile(Scheme.BFV, 4096, null, List.of("many"), 20, null));
        assertField("coeffModulusBits", profile(Scheme.BFV, 4096, List.of(60, 60, 60), null, 20, null));
        assertField("plainModulus", profile(Scheme.BFV, 4096, List.of(36, 36, 37), null, null, null));
        assertField("plainModulus", profile(Scheme.CKKS, 4096, List.of(36, 36, 37), null, 20, null));
    }

    private static void assertField(String field, EncryptionProfile profile) {
        assertThatThrownBy(() -> EncryptionProfiles.resolve(profile))
                .isInstanceOfSatisfying(InvalidProfileException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    private static EncryptionProfile profile(
            Scheme scheme, Integer degree, List<Integer> bits, List<String> primes, Integer plainBits, String plain) {
        return new EncryptionProfile(
                scheme, degree, bits, primes, plainBits, plain, null, null, null, null, null, null);
    }
}
