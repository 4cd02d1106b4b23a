package dev.keyswitch.api.evaluationkey;

import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the sweepers, from the moment the server answers (the schema is there then) until the application ends. What fails is
/// logged and tried again the next time.
@Singleton
final class Housekeeping implements ApplicationEventListener<ServerStartupEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private final TaskScheduler scheduler;
    private final EvaluationKeySweeper sweeper;
    private final StoreTidying tidying;
    private final Duration leasesEvery;
    private final Duration sweepEvery;
    private final Duration tidyEvery;
    private final List<ScheduledFuture<?>> running = new ArrayList<>();
    /// Held for writing to end: the beans below are closed next, so what runs is waited for.
    private final ReadWriteLock ending = new ReentrantReadWriteLock();
    private boolean ended;

    Housekeeping(
            @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler,
            EvaluationKeySweeper sweeper,
            StoreTidying tidying,
            @Value("${keyswitch.evaluation-key.leases-every:2s}") Duration leasesEvery,
            @Value("${keyswitch.evaluation-key.sweep-every:15s}") Duration sweepEvery,
            @Value("${keyswitch.evaluation-key.tidy-every:10m}") Duration tidyEvery) {
        this.scheduler = scheduler;
        this.sweeper = sweeper;
        this.tidying = tidying;
        this.leasesEvery = leasesEvery;
        this.sweepEvery = sweepEvery;
        this.tidyEvery = tidyEvery;
    }

    @Override
    public synchronized void onApplicationEvent(ServerStartupEvent started) {
        running.add(scheduler.scheduleWithFixedDelay(Duration.ZERO, leasesEvery, this::sweepLeases));
        running.add(scheduler.scheduleWithFixedDelay(Duration.ZERO, sweepEvery, this::sweep));
        running.add(scheduler.scheduleWithFixedDelay(Duration.ZERO, tidyEvery, this::tidy));
    }

    @PreDestroy
    synchronized void stop() {
        running.forEach(task -> task.cancel(false));
        ending.writeLock().lock();
        try {
            ended = true;
        } finally {
            ending.writeLock().unlock();
        }
    }

    /// More often than the rest: whoever waits for a dead worker's key waits for this, and it costs one look into an index.
    private void sweepLeases() {
        run("leases were lost, their keys are asked for again", sweeper::releaseLostLeases);
    }

    private void sweep() {
        run("failed keys are asked for again", sweeper::retryFailed);
        run("requests were announced again", sweeper::announceForgottenRequests);
        run("ended keys lost their bytes", tidying::deleteSpentBytes);
    }

    private void tidy() {
        run("forgotten uploads were deleted", tidying::deleteForgottenUploads);
        run("forgotten contents were deleted", tidying::deleteForgottenContents);
    }

    private void run(String what, Task task) {
        ending.readLock().lock();
        try {
            int count = ended ? 0 : task.run();
            if (count > 0) {
                LOG.info("{} count={}", what, count);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("housekeeping failed, will be tried again task=\"{}\"", what, e);
        } finally {
            ending.readLock().unlock();
        }
    }

    private interface Task {
        int run() throws IOException;
    }
}
