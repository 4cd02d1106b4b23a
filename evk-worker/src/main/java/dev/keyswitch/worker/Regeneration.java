package dev.keyswitch.worker;

import dev.keyswitch.contract.event.KeyJob;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One evaluation key to be made, and whether it is still wanted. Safe for use by several threads.
final class Regeneration {

    private final KeyJob job;
    private final Runnable whenDone;
    private final AtomicReference<@Nullable String> canceled = new AtomicReference<>();
    private volatile boolean handedBack;

    /// @param whenDone called once when nothing more will be done for it
    Regeneration(KeyJob job, Runnable whenDone) {
        this.job = job;
        this.whenDone = whenDone;
    }

    KeyJob job() {
        return job;
    }

    void cancel(String reason) {
        canceled.compareAndSet(null, reason);
    }

    /// This worker stops; the key is wanted as before, of another one.
    void handBack() {
        handedBack = true;
        cancel("the worker stops");
    }

    boolean isHandedBack() {
        return handedBack;
    }

    /// @throws CanceledJobException if it is not wanted any more
    void requireWanted() throws CanceledJobException {
        String reason = canceled.get();
        if (reason != null) {
            throw new CanceledJobException(reason);
        }
    }

    boolean isWanted() {
        return canceled.get() == null;
    }

    void done() {
        whenDone.run();
    }
}
