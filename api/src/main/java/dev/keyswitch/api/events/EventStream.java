package dev.keyswitch.api.events;

import dev.keyswitch.api.AccountId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

/// The body of one event stream, written as fast as its reader takes it. Between two reads it holds one batch of events at most, so a
/// reader that falls asleep costs no more than one that keeps up: what it has not taken yet stays in the database.
///
/// For one reader; [#close] may come from another thread.
final class EventStream extends InputStream {

    private static final int BATCH = 50;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Source source;
    private final AccountId account;
    private final EventFilter filter;
    private final long endsAt;
    private ByteArrayInputStream current;
    private long position;
    private final AtomicBoolean closed = new AtomicBoolean();

    /// What all streams share.
    ///
    /// @param threads that ask the database: the one that reads is interrupted when the caller hangs up, and an interrupt breaks a
    ///     connection to the database
    record Source(PublishedEvents events, EventWatch watch, EventText text, ExecutorService threads, Runnable onClose) {

        /// Waits for the answer, whatever happens to the caller meanwhile.
        List<PublishedEvent> between(AccountId account, EventFilter filter, long after, long upTo) {
            return CompletableFuture.supplyAsync(() -> events.between(account, filter, after, upTo, BATCH), threads)
                    .join();
        }
    }

    /// @param position after which it begins
    /// @param longest how long it may last: the credential is looked at again when the reader comes back
    EventStream(Source source, AccountId account, EventFilter filter, long position, Duration longest) {
        this.source = source;
        this.account = account;
        this.filter = filter;
        this.position = position;
        this.endsAt = System.nanoTime() + longest.toNanos();
        // At once, so that a reader who is cut off before the first event can go on from here.
        this.current = new ByteArrayInputStream(source.text().place(position));
        source.watch().begin(account, position);
    }

    @Override
    public int read() throws InterruptedIOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /// Blocks until there is something, if only a heartbeat.
    @Override
    public int read(byte[] into, int offset, int length) throws InterruptedIOException {
        if (length == 0) {
            return 0;
        }
        while (current.available() == 0) {
            if (closed.get() || source.watch().isClosed() || System.nanoTime() >= endsAt) {
                return -1;
            }
            current = new ByteArrayInputStream(next());
        }
        return current.read(into, offset, length);
    }

    @Override
    public int available() {
        return current.available();
    }

    private byte[] next() throws InterruptedIOException {
        try {
            long latest = source.watch().awaitBeyond(account, position, HEARTBEAT);
            return latest > position ? eventsUpTo(latest) : source.text().place(position);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the stream ends");
        }
    }

    private byte[] eventsUpTo(long latest) {
        List<PublishedEvent> found = source.between(account, filter, position, latest);
        position = found.size() < BATCH ? latest : found.getLast().position();
        if (found.isEmpty()) {
            return source.text().place(position);
        }
        ByteArrayOutputStream blocks = new ByteArrayOutputStream();
        found.forEach(event -> blocks.writeBytes(source.text().event(event)));
        return blocks.toByteArray();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            source.watch().end(account);
            source.onClose().run();
        }
    }
}
