package dev.keyswitch.api.chore;

import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does the chores, from the moment the server answers until the application ends. What fails is logged and tried again the
/// next time.
@Singleton
final class Chores implements ApplicationEventListener<ServerStartupEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

    private final TaskScheduler scheduler;
    private final List<Chore> chores;
    private final List<ScheduledFuture<?>> running = new ArrayList<>();
    /// Held for writing to end: the beans below are closed next, so what runs is waited for.
    private final ReadWriteLock ending = new ReentrantReadWriteLock();
    private boolean ended;

    Chores(@Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler, List<Chore> chores) {
        this.scheduler = scheduler;
        this.chores = chores;
    }

    @Override
    public synchronized void onApplicationEvent(ServerStartupEvent started) {
        chores.forEach(chore ->
                running.add(scheduler.scheduleWithFixedDelay(Duration.ZERO, chore.every(), () -> work(chore))));
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

    private void work(Chore chore) {
        int total = 0;
        for (int done = step(chore); done > 0; done = step(chore)) {
            total += done;
        }
        if (total > 0) {
            LOG.atLevel(chore.level()).log("{} count={}", chore.description(), total);
        }
    }

    private int step(Chore chore) {
        ending.readLock().lock();
        try {
            return ended ? 0 : chore.step();
        } catch (RuntimeException e) {
            LOG.warn("a chore failed, will be tried again chore=\"{}\"", chore.description(), e);
            return 0;
        } finally {
            ending.readLock().unlock();
        }
    }
}
