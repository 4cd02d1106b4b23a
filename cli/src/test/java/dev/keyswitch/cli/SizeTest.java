package dev.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.00 KB",
        "12345, 12.3 KB",
        "999499, 999 KB",
        "999500, 1.00 MB",
        "12345678, 12.3 MB",
        "1500000000, 1.50 GB"
    })
    void showsThreeDigitsThatCount(long bytes, String text) {
        assertThat(Size.of(bytes)).isEqualTo(text);
    }
}
