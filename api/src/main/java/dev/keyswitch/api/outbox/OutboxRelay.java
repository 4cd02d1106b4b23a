package dev.keyswitch.api.outbox;

import jakarta.inject.Singleton;

/// Publishes what waits in the outbox.
@Singleton
public final class OutboxRelay implements AutoCloseable {
    public void start() {}

    @Override
    public void close() {}
}
