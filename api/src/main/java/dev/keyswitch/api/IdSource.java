package dev.keyswitch.api;

import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Makes ids: UUID version 7 (RFC 9562). Those of one source rise, also within a millisecond, so they sort by creation.
/// Safe for use by many threads.
@Singleton
public final class IdSource {

    /// Milliseconds in the upper 48 bits, 12 bits that count within the millisecond below.
    private final AtomicLong last = new AtomicLong();

    private final Clock clock;
    private final SecureRandom random;

    IdSource(Clock clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    public UUID next() {
        long now = clock.millis() << 12;
        long stamp = last.updateAndGet(before -> Math.max(before + 1, now));
        long high = (stamp >>> 12 << 16) | 0x7000 | (stamp & 0xFFF);
        long low = (random.nextLong() >>> 2) | Long.MIN_VALUE;
        return new UUID(high, low);
    }
}
