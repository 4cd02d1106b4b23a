package dev.keyswitch.api.events;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.http.PiecewiseBody;
import java.io.ByteArrayOutputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// The body of one event stream. A piece is one batch of events at most: what its reader has not taken yet stays in the database.
final class EventStream extends PiecewiseBody {

    private static final int BATCH = 50;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Source source;
    private final AccountId account;
    private final EventFilter filter;
    private final long endsAt;
    private long position;

    /// What all streams share.
    record Source(PublishedEvents events, EventWatch watch, EventText text, ExecutorService threads, Runnable onEnd) {}

    /// @param position after which it begins
    /// @param longest how long it may last: the credential is looked at again when the reader comes back
    EventStream(Source source, AccountId account, EventFilter filter, long position, Duration longest) {
        // At once, so that a reader who is cut off before the first event can go on from here.
        super(source.threads(), source.text().place(position));
        this.source = source;
        this.account = account;
        this.filter = filter;
        this.position = position;
        this.endsAt = System.nanoTime() + longest.toNanos();
        source.watch().begin(account, position);
    }

    /// Blocks until there is something, if only a heartbeat.
    @Override
    protected byte @Nullable [] next() throws InterruptedIOException {
        if (source.watch().isClosed() || System.nanoTime() >= endsAt) {
            return null;
        }
        try {
            long latest = source.watch().awaitBeyond(account, position, HEARTBEAT);
            return latest > position ? eventsUpTo(latest) : source.text().place(position);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the stream ends");
        }
    }

    private byte[] eventsUpTo(long latest) {
        long after = position;
        List<PublishedEvent> found = uninterrupted(() -> source.events().between(account, filter, after, latest, BATCH));
        position = found.size() < BATCH ? latest : found.getLast().position();
        if (found.isEmpty()) {
            return source.text().place(position);
        }
        ByteArrayOutputStream blocks = new ByteArrayOutputStream();
        found.forEach(event -> blocks.writeBytes(source.text().event(event)));
        return blocks.toByteArray();
    }

    @Override
    protected void end() {
        source.watch().end(account);
        source.onEnd().run();
    }
}
