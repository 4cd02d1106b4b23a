package dev.keyswitch.console.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class FormTest {

    @Test
    void readsFieldsAsBrowsersSendThem() {
        Form form = Form.parse("name=Zo%C3%AB+%26+co&note=&days=30&days=7");

        assertThat(form.text("name")).isEqualTo("Zoë & co");
        assertThat(form.given("note")).isEmpty();
        assertThat(form.text("days")).isEqualTo("30");
        assertThat(form.checked("other")).isFalse();
    }

    @Test
    void whatIsNoIdIsNothing() {
        UUID id = UUID.randomUUID();

        assertThat(Form.parse("tokenId=" + id).id("tokenId")).contains(id);
        assertThat(Form.parse("tokenId=../x").id("tokenId")).isEmpty();
    }

    @Test
    void refusesWhatIsNotEncoded() {
        assertThatThrownBy(() -> Form.parse("name=%zz")).isInstanceOf(IllegalArgumentException.class);
    }
}
