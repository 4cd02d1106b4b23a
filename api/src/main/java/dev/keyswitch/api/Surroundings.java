package dev.keyswitch.api;

import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/// What the code above must not fetch for itself.
@Factory
final class Surroundings {

    /// Ticks in microseconds, which is what PostgreSQL keeps: a time answered at once equals the one read back later.
    @Singleton
    Clock clock() {
        return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000));
    }

    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }
}
