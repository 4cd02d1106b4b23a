package dev.keyswitch.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Random;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class IdTest {

    private static final Pattern FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final String CHARACTERS = "0123456789abcdefABCDEFgG-/:@`٣é ";

    @Test
    void readsWhatIsWrittenAsAnId() {
        UUID id = UUID.fromString("0190163d-8694-739b-aea5-966c26f8ad91");
        assertThat(Id.parse("0190163d-8694-739b-aea5-966c26f8ad91")).isEqualTo(id);
        assertThat(Id.parse("0190163D-8694-739B-AEA5-966C26F8AD91")).isEqualTo(id);
    }

    @Test
    void refusesWhatJavaReadsAsAnIdAllTheSame() {
        assertThat(UUID.fromString("1-1-1-1-1")).isNotNull();
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> Id.parse("1-1-1-1-1")).withMessageContaining("looks like");
    }

    /// One or two characters other than they should be, one too many, one too few.
    @Test
    void agreesWithItsPattern() {
        Random random = new Random(20261130);
        int ids = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder(new UUID(random.nextLong(), random.nextLong()).toString());
            for (int change = random.nextInt(3); change > 0; change--) {
                char other = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
                int at = random.nextInt(text.length());
                switch (random.nextInt(8)) {
                    case 0 -> text.insert(at, other);
                    case 1 -> text.deleteCharAt(at);
                    default -> text.setCharAt(at, other);
                }
            }
            boolean written = Id.isWritten(text.toString());
            assertThat(written).as("%s", text).isEqualTo(FORM.matcher(text).matches());
            ids += written ? 1 : 0;
        }
        assertThat(ids).isBetween(20_000, 80_000);
    }
}
