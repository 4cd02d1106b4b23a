package dev.keyswitch.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT-3S, just now",
        "PT3S, in a moment",
        "PT-12M, 12 min ago",
        "PT-59M-59S, 59 min ago",
        "PT-5H, 5 h ago",
        "PT719H, in 30 days",
        "PT-10000H, 2025-10-02"
    })
    void saysHowFarATimeIs(Duration distance, String words) {
        assertThat(Times.relative(NOW.plus(distance), NOW)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"PT0.38S, 380 ms", "PT4.24S, 4.2 s", "PT3M5S, 3 min 5 s"})
    void saysHowLongSomethingTook(Duration duration, String words) {
        assertThat(Times.duration(duration)).isEqualTo(words);
    }
}
