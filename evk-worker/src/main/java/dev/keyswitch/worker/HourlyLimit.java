package dev.keyswitch.worker;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/// So many within any hour, and no more. Safe for use by several threads.
final class HourlyLimit {

    private static final Duration HOUR = Duration.ofHours(1);

    private final int most;
    private final Clock clock;
    private final Deque<Instant> taken = new ArrayDeque<>();

    /// @param most 0: no limit
    HourlyLimit(int most, Clock clock) {
        this.most = most;
        this.clock = clock;
    }

    /// @return whether there was one left, which is then taken
    synchronized boolean take() {
        if (most == 0) {
            return true;
        }
        Instant now = clock.instant();
        while (!taken.isEmpty() && !taken.peekFirst().plus(HOUR).isAfter(now)) {
            taken.removeFirst();
        }
        if (taken.size() >= most) {
            return false;
        }
        taken.addLast(now);
        return true;
    }
}
