package dev.keyswitch.sdk;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// When to try again, and after which pause: exponential from a quarter of a second to eight seconds, of which a random
/// half to whole is waited, so that clients which failed together do not come back together.
///
/// @param maxRetries further tries after the first
record RetryPolicy(int maxRetries, Clock clock, Sleeper sleeper, RandomGenerator random) {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(8);

    /// A server that asks for more patience than this gets its answer handed to the caller instead.
    private static final Duration LONGEST_REQUESTED_PAUSE = Duration.ofMinutes(1);

    private static final Set<Integer> TRANSIENT = Set.of(408, 429, 502, 503, 504);

    /// @param failures tries that failed so far, at least 1
    /// @return empty if the answer is to be taken as it is
    Optional<Duration> pauseAfter(Call call, Answer answer, int failures) {
        Optional<Duration> requested = requestedPause(answer);
        // A conflict that passes: an earlier try of this very call is still being worked on.
        boolean passing = answer.status() == 409 && requested.isPresent();
        if (failures > maxRetries || !(isTransient(answer.status()) || passing)) {
            return Optional.empty();
        }
        boolean surelyNotProcessed = answer.status() == 429 || (answer.status() == 503 && requested.isPresent());
        if (!call.repeatable() && !surelyNotProcessed) {
            return Optional.empty();
        }
        return Optional.of(requested.orElseGet(() -> pause(failures)))
                .filter(pause -> pause.compareTo(LONGEST_REQUESTED_PAUSE) <= 0);
    }

    /// @return empty if the failure is to be passed on
    Optional<Duration> pauseAfter(Call call, ConnectionException failure, int failures) {
        boolean again = failures <= maxRetries && (call.repeatable() || !failure.mayHaveBeenProcessed());
        return again ? Optional.of(pause(failures)) : Optional.empty();
    }

    static boolean isTransient(int status) {
        return TRANSIENT.contains(status);
    }

    Duration pause(int failures) {
        long whole = Math.min(FIRST_PAUSE.toMillis() << Math.min(failures - 1, 16), LONGEST_PAUSE.toMillis());
        return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
    }

    void sleep(Duration pause, String requestId) {
        try {
            sleeper.sleep(pause);
        } catch (InterruptedException e) {
            throw ConnectionException.interrupted(requestId, e);
        }
    }

    /// `Retry-After` in either of its forms: seconds, or a date.
    private Optional<Duration> requestedPause(Answer answer) {
        return answer.headers().firstValue("Retry-After").map(String::strip).flatMap(this::parse);
    }

    private Optional<Duration> parse(String retryAfter) {
        if (retryAfter.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter)));
        }
        try {
            ZonedDateTime date = ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME);
            Duration until = Duration.between(clock.instant(), date);
            return Optional.of(until.isNegative() ? Duration.ZERO : until);
        } catch (DateTimeException neitherForm) {
            return Optional.empty();
        }
    }
}
