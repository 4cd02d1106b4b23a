package dev.keyswitch.api.health;

import dev.keyswitch.api.outbox.OutboxRelay;
import dev.keyswitch.api.outbox.RelayStatus;
import io.micronaut.core.async.publisher.AsyncSingleResultPublisher;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How events get out. While the broker is away the API goes on serving and events wait in the database: that is shown as
/// DEGRADED, and is no reason to take the node out of service.
@Singleton
@Readiness
final class EventsHealth implements HealthIndicator {

    private static final HealthStatus DEGRADED = new HealthStatus("DEGRADED", "Events are late", true, 500);
    private static final Logger LOG = LoggerFactory.getLogger(EventsHealth.class);
    private static final long LATE_SECONDS = 10;

    private final OutboxRelay relay;
    private final OutboxBacklog backlog;
    private final ExecutorService blocking;

    EventsHealth(OutboxRelay relay, OutboxBacklog backlog, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.relay = relay;
        this.backlog = backlog;
        this.blocking = blocking;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return new AsyncSingleResultPublisher<>(blocking, this::look);
    }

    private HealthResult look() {
        try {
            return result(backlog.read());
        } catch (RuntimeException e) {
            LOG.debug("cannot count the waiting events", e);
            return result(new OutboxBacklog.Backlog(-1, 0, 0));
        }
    }

    private HealthResult result(OutboxBacklog.Backlog waiting) {
        RelayStatus status = relay.status();
        boolean late = waiting.parked() > 0
                || waiting.oldestSeconds() > LATE_SECONDS
                || status.state() == RelayStatus.State.BROKER_AWAY
                || status.state() == RelayStatus.State.DATABASE_AWAY;
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("relay", status.state());
        if (waiting.waiting() >= 0) {
            details.put("waiting", waiting.waiting());
            details.put("parked", waiting.parked());
            details.put("oldestSeconds", waiting.oldestSeconds());
        }
        return HealthResult.builder("events", late ? DEGRADED : HealthStatus.UP)
                .details(details)
                .build();
    }
}
