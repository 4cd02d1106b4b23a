package dev.keyswitch.api.idempotency;

import io.micronaut.context.annotation.Value;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has old answers forgotten, from the moment the server answers. Safe on any number of nodes.
@Singleton
final class KeptAnswerSweeper implements ApplicationEventListener<ServerStartupEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(KeptAnswerSweeper.class);

    private final KeptAnswers answers;
    private final TaskScheduler scheduler;
    private final Duration every;
    private @Nullable ScheduledFuture<?> running;

    KeptAnswerSweeper(
            KeptAnswers answers,
            @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler,
            @Value("${keyswitch.idempotency.sweep-every:1m}") Duration every) {
        this.answers = answers;
        this.scheduler = scheduler;
        this.every = every;
    }

    @Override
    public synchronized void onApplicationEvent(ServerStartupEvent started) {
        running = scheduler.scheduleWithFixedDelay(Duration.ZERO, every, this::sweep);
    }

    private void sweep() {
        try {
            answers.forgetOld();
        } catch (RuntimeException e) {
            LOG.warn("old answers could not be forgotten, will be tried again error={}", e.toString());
        }
    }

    @PreDestroy
    synchronized void stop() {
        if (running != null) {
            running.cancel(false);
        }
    }
}
