package dev.keyswitch.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class HourlyLimitTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    @Test
    void givesSoManyWithinAnyHour() {
        HourlyLimit limit = new HourlyLimit(2, clock);
        assertThat(limit.take()).isTrue();
        now = now.plus(Duration.ofMinutes(40));
        assertThat(limit.take()).isTrue();

        assertThat(limit.take()).isFalse();
        now = now.plus(Duration.ofMinutes(20));
        assertThat(limit.take()).isTrue();
        assertThat(limit.take()).isFalse();
    }

    @Test
    void zeroIsNoLimit() {
        HourlyLimit limit = new HourlyLimit(0, clock);

        for (int i = 0; i < 1000; i++) {
            assertThat(limit.take()).isTrue();
        }
    }
}
