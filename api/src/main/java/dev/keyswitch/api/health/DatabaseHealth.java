package dev.keyswitch.api.health;

import io.micronaut.core.async.publisher.AsyncSingleResultPublisher;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Without its database a node can serve nothing, so it is not ready. That it has the schema of this version is known: no
/// request is taken before.
@Singleton
@Readiness
final class DatabaseHealth implements HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseHealth.class);

    private final OutboxBacklog backlog;
    private final ExecutorService blocking;

    DatabaseHealth(OutboxBacklog backlog, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.backlog = backlog;
        this.blocking = blocking;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return new AsyncSingleResultPublisher<>(blocking, this::look);
    }

    private HealthResult look() {
        try {
            backlog.read();
            return HealthResult.builder("database", HealthStatus.UP).build();
        } catch (RuntimeException e) {
            LOG.warn("database not reachable error={}", e.getMessage());
            return HealthResult.builder("database", HealthStatus.DOWN).build();
        }
    }
}
