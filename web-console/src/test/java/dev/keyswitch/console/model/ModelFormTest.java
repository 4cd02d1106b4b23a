package dev.keyswitch.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.console.session.Form;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Rotations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelFormTest {

    @Test
    void readsSizesHoweverTheyAreSeparated() {
        ModelForm form = ModelForm.of(filled(Map.of("primes", " 60,40  40;60 ")));

        assertThat(form.problems().isEmpty()).isTrue();
        assertThat(form.request().encryptionProfile().coeffModulusBits()).containsExactly(60, 40, 40, 60);
    }

    @Test
    void ckksHasNoPlaintextModulusWhateverTheHiddenFieldSays() {
        EncryptionProfile ckks = ModelForm.of(filled(Map.of())).request().encryptionProfile();
        EncryptionProfile bfv =
                ModelForm.of(filled(Map.of("scheme", "BFV"))).request().encryptionProfile();

        assertThat(ckks.plainModulusBits()).isNull();
        assertThat(bfv.plainModulusBits()).isEqualTo(20);
    }

    @Test
    void readsRotationSteps() {
        ModelForm form = ModelForm.of(filled(Map.of("rotations", "STEPS", "steps", "8, 1, -1")));

        assertThat(form.request().encryptionProfile().rotations())
                .isEqualTo(new Rotations.Steps(List.of(-1, 1, 8)));
    }

    @Test
    void saysAtEachFieldWhatHasNoMeaning() {
        ModelForm form = ModelForm.of(
                filled(Map.of("primes", "60, many", "degree", "", "plain", "-", "scheme", "TFHE", "rotations", "STEPS", "steps", "")));

        assertThat(form.request()).isNull();
        assertThat(form.problems().byField()).containsOnlyKeys("primes", "degree", "scheme", "plain", "steps");
        assertThat(form.value("primes")).isEqualTo("60, many");
    }

    private static Form filled(Map<String, String> changes) {
        Map<String, String> fields = new HashMap<>(ModelForm.fresh().values());
        fields.put("name", "m");
        fields.putAll(changes);
        return new Form(fields);
    }
}
