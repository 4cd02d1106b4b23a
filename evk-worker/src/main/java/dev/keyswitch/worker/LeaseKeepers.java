package dev.keyswitch.worker;

import dev.keyswitch.contract.evaluationkey.EvaluationKeyClaim;
import dev.keyswitch.contract.evaluationkey.ReportProgress;
import dev.keyswitch.keygen.ProgressListener;
import dev.keyswitch.sdk.ConnectionException;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.sdk.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the leases of running work: reports progress when there is some, and at least four times per lease.
final class LeaseKeepers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LeaseKeepers.class);
    private static final long TICK_SECONDS = 1;
    private static final int REPORTS_PER_LEASE = 4;
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(4);

    private final KeyswitchClient client;
    private final ScheduledExecutorService ticks =
            Executors.newScheduledThreadPool(2, Thread.ofPlatform().name("evk-lease-", 1).daemon().factory());

    LeaseKeepers(KeyswitchClient client) {
        this.client = client;
    }

    Lease keep(Regeneration work, EvaluationKeyClaim claim) {
        return new Lease(work, claim);
    }

    @Override
    public void close() {
        ticks.shutdownNow();
    }

    /// The lease of one attempt; ends when closed.
    final class Lease implements ProgressListener, AutoCloseable {

        private final Regeneration work;
        private final EvaluationKeyClaim claim;
        private final Duration longestSilence;
        private final ScheduledFuture<?> tick;
        private volatile int percent;
        private int reported;
        private long reportedAt = System.nanoTime();

        private Lease(Regeneration work, EvaluationKeyClaim claim) {
            this.work = work;
            this.claim = claim;
            Duration lease = Duration.between(Instant.now(), claim.leaseUntil());
            // A clock that runs ahead of the API's must not turn reporting into a flood.
            this.longestSilence = lease.compareTo(SHORTEST_LEASE) < 0
                    ? SHORTEST_LEASE.dividedBy(REPORTS_PER_LEASE)
                    : lease.dividedBy(REPORTS_PER_LEASE);
            this.tick = ticks.scheduleWithFixedDelay(this::reportIfDue, TICK_SECONDS, TICK_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public void onProgress(int componentsDone, int componentsTotal) {
            // 100 is said by READY alone.
            percent = Math.min(99, (int) (100L * componentsDone / componentsTotal));
        }

        private void reportIfDue() {
            int now = percent;
            Duration silence = Duration.ofNanos(System.nanoTime() - reportedAt);
            if (now == reported && silence.compareTo(longestSilence) < 0) {
                return;
            }
            try {
                client.evaluationKeys().progress(claim.evaluationKeyId(), new ReportProgress(claim.attempt(), now));
                reported = now;
                reportedAt = System.nanoTime();
            } catch (ProblemException e) {
                if (e.status() < 500 && e.status() != 429) {
                    work.cancel("the API does not want this attempt any more: " + e.getMessage());
                }
            } catch (ConnectionException e) {
                log.warn("Cannot report progress evaluationKey={} because=\"{}\"", claim.evaluationKeyId(), e.getMessage());
            }
        }

        @Override
        public void close() {
            tick.cancel(false);
        }
    }
}
