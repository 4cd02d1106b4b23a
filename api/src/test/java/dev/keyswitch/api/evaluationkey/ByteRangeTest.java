package dev.keyswitch.api.evaluationkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyswitch.api.problem.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 0",
        "bytes=0-99, 0, 99",
        "bytes=10-, 10, 99",
        "bytes=10-1000, 10, 99",
        "bytes=-1, 99, 99",
        "bytes=-1000, 0, 99",
        "BYTES = 5-6, 5, 6",
    })
    void readsASingleRange(String header, long first, long last) {
        assertThat(ByteRange.of(header, 100)).isEqualTo(new ByteRange(first, last));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bytes=", "bytes=-", "bytes=5-4", "bytes=0-1,3-4", "lines=0-1", "bytes=a-b", "bytes=9999999999999999999-"})
    void answersEverythingToWhatItDoesNotUnderstand(String header) {
        assertThat(ByteRange.of(header, 100)).isNull();
    }

    @Test
    void answersEverythingToNoRange() {
        assertThat(ByteRange.of(null, 100)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=100-", "bytes=100-200", "bytes=-0"})
    void refusesWhatLiesOutside(String header) {
        assertThatThrownBy(() -> ByteRange.of(header, 100)).isInstanceOf(ProblemException.class);
    }
}
