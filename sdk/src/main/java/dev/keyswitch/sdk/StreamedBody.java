package dev.keyswitch.sdk;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A response body as a stream that gives up when the server falls silent. The JDK's own stream would wait for ever:
/// its time-out ends with the headers.
///
/// One piece is asked for at a time, so at most one waits in the queue.
final class StreamedBody extends InputStream implements BodySubscriber<InputStream> {
    /// What the network delivers: bytes, or the end, with or without a failure.
    private sealed interface Signal {
        record Bytes(Iterator<ByteBuffer> buffers) implements Signal {}

        record End(@Nullable Throwable failure) implements Signal {}
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Duration patience;
    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

    private ByteBuffer current = NOTHING;
    private Iterator<ByteBuffer> following = List.<ByteBuffer>of().iterator();
    private Signal.@Nullable End end;

    StreamedBody(Duration patience) {
        this.patience = patience;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription accepted) {
        subscription.complete(accepted);
        accepted.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        signals.add(new Signal.Bytes(buffers.iterator()));
    }

    @Override
    public void onError(Throwable failure) {
        signals.add(new Signal.End(failure));
    }

    @Override
    public void onComplete() {
        signals.add(new Signal.End(null));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!current.hasRemaining()) {
            if (following.hasNext()) {
                current = following.next();
            } else if (!advance()) {
                return -1;
            }
        }
        int taken = Math.min(length, current.remaining());
        current.get(into, offset, taken);
        return taken;
    }

    @Override
    public void close() {
        var unused = subscription.thenAccept(Flow.Subscription::cancel);
    }

    /// Waits for the next piece; false at the end.
    private boolean advance() throws IOException {
        Signal next = end != null ? end : await();
        switch (next) {
            case Signal.Bytes bytes -> {
                following = bytes.buffers();
                var unused = subscription.thenAccept(accepted -> accepted.request(1));
                return true;
            }
            case Signal.End last -> {
                end = last;
                if (last.failure() != null) {
                    throw new IOException(last.failure().getMessage(), last.failure());
                }
                return false;
            }
        }
    }

    private Signal await() throws IOException {
        try {
            Signal next = signals.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                close();
                throw new HttpTimeoutException("silence in the middle of the body");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading the body", e);
        }
    }
}
