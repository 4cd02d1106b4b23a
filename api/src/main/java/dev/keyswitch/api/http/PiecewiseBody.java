package dev.keyswitch.api.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.server.types.files.StreamedFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The body of an answer that is made piece by piece, as fast as its reader takes it. One piece is held at a time, so a reader that falls asleep
/// costs no more than one that keeps up.
///
/// For one reader; [#close] may come from another thread.
public abstract class PiecewiseBody extends InputStream {

    private final ExecutorService threads;
    private final AtomicBoolean closed = new AtomicBoolean();
    private ByteArrayInputStream piece;

    /// @param threads that ask the database
    /// @param first piece
    protected PiecewiseBody(ExecutorService threads, byte[] first) {
        this.threads = threads;
        this.piece = new ByteArrayInputStream(first);
    }

    /// The next piece, which may be empty; null: that was all. May block.
    protected abstract byte @Nullable [] next() throws IOException;

    /// Lets go of what the body needs. Called once.
    protected abstract void end();

    /// Asks the database, and waits for the answer whatever happens meanwhile: whoever reads is interrupted when the caller hangs up, and an interrupt
    /// breaks a connection to the database.
    protected final <T> T uninterrupted(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, threads).join();
    }

    /// The answer that has this body. Nobody on the way may wait for more of it.
    public final HttpResponse<StreamedFile> answer(MediaType type) {
        return HttpResponse.ok(new StreamedFile(this, type))
                .header(HttpHeaders.CACHE_CONTROL, "no-store, no-transform")
                .header("X-Accel-Buffering", "no");
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public final int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (piece.available() == 0) {
            byte[] next = closed.get() ? null : next();
            if (next == null) {
                return -1;
            }
            piece = new ByteArrayInputStream(next);
        }
        return piece.read(into, offset, length);
    }

    @Override
    public final int available() {
        return piece.available();
    }

    @Override
    public final void close() {
        if (closed.compareAndSet(false, true)) {
            end();
        }
    }
}
