package dev.keyswitch.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// Times as people read them. A class of its own, because loading Java's formatter takes longer than `--help` may.
final class Times {
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private Times() {}

    /// To the minute.
    ///
    /// @param zone the person's time zone, or null for the machine's
    static String minutes(Instant instant, @Nullable String zone) {
        return MINUTES.format(instant.atZone(zone(zone)));
    }

    private static ZoneId zone(@Nullable String name) {
        try {
            return name == null ? ZoneId.systemDefault() : ZoneId.of(name);
        } catch (DateTimeException notAZone) {
            return ZoneId.systemDefault();
        }
    }
}
