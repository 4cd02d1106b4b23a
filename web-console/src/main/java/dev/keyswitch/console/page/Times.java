package dev.keyswitch.console.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times as people read them: how long ago, or in how long. Pages carry the full form beside it.
public final class Times {

    private static final DateTimeFormatter FULL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Times() {}

    /// For example `2026-11-23 10:15:00 UTC`.
    public static String full(Instant time) {
        return FULL.format(time);
    }

    /// For example `12 min ago`, `in 29 days`, `2026-03-01`.
    public static String relative(Instant time, Instant now) {
        Duration distance = Duration.between(now, time);
        boolean past = distance.isNegative();
        String span = span(distance.abs());
        if (span.isEmpty()) {
            return DAY.format(time);
        }
        if (span.equals("now")) {
            return past ? "just now" : "in a moment";
        }
        return past ? span + " ago" : "in " + span;
    }

    /// Empty where a date says more.
    private static String span(Duration distance) {
        if (distance.toSeconds() < 45) {
            return "now";
        }
        if (distance.toMinutes() < 60) {
            return Math.max(1, distance.toMinutes()) + " min";
        }
        if (distance.toHours() < 48) {
            return distance.toHours() + " h";
        }
        long days = Math.round(distance.toSeconds() / 86_400.0);
        return days <= 400 ? days + " days" : "";
    }

    /// For example `380 ms`, `4.2 s`, `3 min 5 s`.
    public static String duration(Duration duration) {
        if (duration.toMillis() < 1000) {
            return duration.toMillis() + " ms";
        }
        if (duration.toSeconds() < 60) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
}
