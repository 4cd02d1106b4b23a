package dev.keyswitch.api.outbox;

import java.time.Duration;

/// How long to wait after a failure: twice as long as the last time, up to a limit.
final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private Duration next = FIRST;

    Duration failure() {
        Duration wait = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return wait;
    }

    void success() {
        next = FIRST;
    }
}
