package dev.keyswitch.api;

import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits on a condition.
public final class Eventually {

    private Eventually() {}

    /// Fails if it does not hold within 30 s.
    public static void holds(BooleanSupplier condition) {
        Instant end = Instant.now().plusSeconds(30);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("did not come to hold within 30 s");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }
}
