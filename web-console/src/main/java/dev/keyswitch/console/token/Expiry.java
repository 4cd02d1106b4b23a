package dev.keyswitch.console.token;

import dev.keyswitch.console.session.Form;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// Days until a token expires, as a form asks for them: one of a few numbers, or another one.
///
/// @param days one of [#PRESETS], or `custom`
/// @param customDays as typed
public record Expiry(String days, String customDays) {

    public static final List<Integer> PRESETS = List.of(7, 30, 60, 90);

    static final String WRONG = "Enter a number of days from 1 to 365.";

    private static final String CUSTOM = "custom";

    static Expiry fresh() {
        return new Expiry("30", "");
    }

    static Expiry of(Form form) {
        return new Expiry(form.given("days").orElse("30"), form.text("customDays"));
    }

    public boolean isDays(String value) {
        return days.equals(value);
    }

    /// The end of a token that is renewed now; nothing if the days are no number.
    Optional<Instant> from(Instant now) {
        return number().map(count -> now.plus(Duration.ofDays(count)).truncatedTo(ChronoUnit.SECONDS));
    }

    /// Nothing if it is no number.
    Optional<Integer> number() {
        try {
            return Optional.of(Integer.valueOf(days.equals(CUSTOM) ? customDays : days));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
