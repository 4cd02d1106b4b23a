package dev.keyswitch.api.outbox;

import dev.keyswitch.api.AfterCommit;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Wakes the relay, on whatever node it is, once a transaction is committed. Not from within the transaction: PostgreSQL lets those that notify
/// commit one at a time, each of them until it is on disk. A ring that a crash swallows costs nothing but time: the relay looks twice a second
/// by itself.
@Singleton
public final class RelayBell implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RelayBell.class);

    private final OutboxRepository repository;
    private final AfterCommit afterCommit;
    private final Semaphore rings = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    RelayBell(OutboxRepository repository, AfterCommit afterCommit) {
        this.repository = repository;
        this.afterCommit = afterCommit;
        this.thread = Thread.ofPlatform().name("relay-bell").daemon().start(this::run);
    }

    /// Rings when the present transaction has been committed, and not if it is rolled back.
    public void ringAfterCommit() {
        afterCommit.run(rings::release);
    }

    private void run() {
        while (!closed) {
            rings.acquireUninterruptibly();
            rings.drainPermits();
            ring();
        }
    }

    private void ring() {
        try {
            repository.wakeRelay();
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.debug("the relay is not woken, it will look by itself", e);
            }
        }
    }

    @Override
    @PreDestroy
    public void close() {
        closed = true;
        rings.release();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
