package dev.keyswitch.worker;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is being done, at most one generation per token: the newest one wins. Bounded parallelism; a duplicate of what is
/// already on the board is done at once. Safe for use by several threads.
final class JobBoard implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JobBoard.class);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration HAND_BACK = Duration.ofSeconds(2);
    private static final int MAX_RETRIES = 12;

    private final KeyMaker maker;
    private final Backoff backoff;
    private final ExecutorService makers;
    private final ScheduledExecutorService retries =
            Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("evk-retry").daemon().factory());
    private final Map<UUID, Regeneration> newest = new HashMap<>();
    private final AtomicInteger open = new AtomicInteger();

    JobBoard(KeyMaker maker, Backoff backoff, int parallelism) {
        this.maker = maker;
        this.backoff = backoff;
        this.makers = Executors.newFixedThreadPool(
                parallelism, Thread.ofPlatform().name("evk-maker-", 1).factory());
    }

    /// Takes the work on, unless a newer or the same generation of the token is on the board.
    void accept(Regeneration work) {
        UUID token = work.job().tokenId();
        synchronized (newest) {
            Regeneration present = newest.get(token);
            if (present != null && present.isWanted() && present.job().generation() >= work.job().generation()) {
                work.done();
                return;
            }
            if (present != null) {
                present.cancel("generation " + work.job().generation() + " is asked for");
            }
            newest.put(token, work);
        }
        open.incrementAndGet();
        submit(work, 0);
    }

    /// Nothing below this generation of the token is wanted any more.
    void outdate(UUID token, long generation) {
        synchronized (newest) {
            Regeneration present = newest.get(token);
            if (present != null && present.job().generation() < generation) {
                present.cancel("generation " + generation + " has begun");
            }
        }
    }

    /// Keys that wait or are being made.
    int open() {
        return open.get();
    }

    private void submit(Regeneration work, int retry) {
        try {
            makers.execute(() -> run(work, retry));
        } catch (RejectedExecutionException _) {
            // The board is closing. The work stays unacknowledged; Kafka delivers it again.
            open.decrementAndGet();
        }
    }

    private void run(Regeneration work, int retry) {
        if (makers.isShutdown()) {
            // Waited in vain; nobody has been told that it was begun.
            open.decrementAndGet();
            return;
        }
        switch (maker.make(work)) {
            case Outcome.Finished finished -> finish(work);
            case Outcome.NotNow notNow when retry < MAX_RETRIES && work.isWanted() -> {
                Duration pause = backoff.pause(retry);
                log.warn(
                        "Will try again evaluationKey={} in={} because=\"{}\"",
                        work.job().evaluationKeyId(),
                        pause,
                        notNow.reason());
                schedule(work, retry + 1, pause);
            }
            case Outcome.NotNow notNow -> {
                // Not lost: the API announces again what nobody took up.
                log.error(
                        "Gives up for now evaluationKey={} because=\"{}\"",
                        work.job().evaluationKeyId(),
                        notNow.reason());
                finish(work);
            }
        }
    }

    private void schedule(Regeneration work, int retry, Duration pause) {
        try {
            var _ = retries.schedule(() -> submit(work, retry), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            open.decrementAndGet();
        }
    }

    private void finish(Regeneration work) {
        synchronized (newest) {
            newest.remove(work.job().tokenId(), work);
        }
        open.decrementAndGet();
        work.done();
    }

    /// Lets running work end within a grace time, then has it handed back. What was not begun is delivered again to the next
    /// worker.
    @Override
    public void close() {
        retries.shutdownNow();
        makers.shutdown();
        try {
            if (!makers.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                synchronized (newest) {
                    newest.values().forEach(work -> work.handBack());
                }
                if (!makers.awaitTermination(HAND_BACK.toMillis(), TimeUnit.MILLISECONDS)) {
                    makers.shutdownNow();
                }
            }
        } catch (InterruptedException _) {
            makers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
