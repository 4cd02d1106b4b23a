package dev.keyswitch.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {

    @ParameterizedTest
    @CsvSource({"0, 0 B", "999, 999 B", "1000, 1.0 kB", "999999, 1.0 MB", "12400000, 12.4 MB", "124000000, 124 MB"})
    void writesBytesInPowersOfTen(long bytes, String text) {
        assertThat(Sizes.bytes(bytes)).isEqualTo(text);
    }

    @Test
    void countsAsPeopleDo() {
        assertThat(Sizes.count(0, "token", "tokens")).isEqualTo("no token");
        assertThat(Sizes.count(1, "token", "tokens")).isEqualTo("1 token");
        assertThat(Sizes.count(12_345, "token", "tokens")).isEqualTo("12\u202f345 tokens");
    }
}
