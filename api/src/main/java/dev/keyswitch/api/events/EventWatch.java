package dev.keyswitch.api.events;

import dev.keyswitch.api.AccountId;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Knows how far each account's events are published, whichever node publishes them: one look at the database for all streams of
/// this node, ten times a second, and none while nobody listens.
@Singleton
final class EventWatch {

    private static final Logger LOG = LoggerFactory.getLogger(EventWatch.class);
    private static final Duration EVERY = Duration.ofMillis(100);

    private final PublishedEvents events;
    /// Guarded by this, as is all below.
    private final Map<AccountId, Watched> watched = new HashMap<>();
    private @Nullable Thread thread;
    private boolean closed;

    EventWatch(PublishedEvents events) {
        this.events = events;
    }

    private static final class Watched {
        int listeners;
        long latest;
    }

    /// @param from a position that is published
    synchronized void begin(AccountId account, long from) {
        Watched entry = watched.computeIfAbsent(account, id -> new Watched());
        entry.listeners++;
        entry.latest = Math.max(entry.latest, from);
        if (thread == null && !closed) {
            thread = Thread.ofVirtual().name("event-watch").start(this::run);
        }
    }

    synchronized void end(AccountId account) {
        Watched entry = watched.get(account);
        if (entry != null && --entry.listeners == 0) {
            watched.remove(account);
        }
    }

    /// Returns when something later than `position` is published, or after this time, or at the end of this node.
    ///
    /// @return the latest position that is published, `position` if none is later
    synchronized long awaitBeyond(AccountId account, long position, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (!closed) {
            Watched entry = watched.get(account);
            if (entry != null && entry.latest > position) {
                return entry.latest;
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return position;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    private void run() {
        try {
            Set<AccountId> accounts = accounts();
            while (!accounts.isEmpty()) {
                look(accounts);
                Thread.sleep(EVERY);
                accounts = accounts();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Empty when there is nobody left to look for; the thread ends then.
    private synchronized Set<AccountId> accounts() {
        if (watched.isEmpty() || closed) {
            thread = null;
            return Set.of();
        }
        return Set.copyOf(watched.keySet());
    }

    private void look(Set<AccountId> accounts) {
        try {
            seen(events.latest(accounts));
        } catch (RuntimeException e) {
            // Streams go on with their heartbeats; what is published meanwhile is found later.
            LOG.debug("cannot look for published events", e);
        }
    }

    private synchronized void seen(Map<AccountId, Long> latest) {
        latest.forEach((account, position) -> {
            Watched entry = watched.get(account);
            if (entry != null && position > entry.latest) {
                entry.latest = position;
            }
        });
        notifyAll();
    }

    @PreDestroy
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
