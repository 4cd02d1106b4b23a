package dev.keyswitch.worker;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before trying again: doubling from half a second to 30 seconds, with full jitter in the upper half so
/// that many workers do not come back at once.
final class Backoff {

    private static final long FIRST_MILLIS = 500;
    private static final long LONGEST_MILLIS = 30_000;

    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /// @param retry 0 for the first one
    Duration pause(int retry) {
        long most = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(retry, 20));
        return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
    }
}
