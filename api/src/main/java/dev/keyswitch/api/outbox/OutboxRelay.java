package dev.keyswitch.api.outbox;

import dev.keyswitch.api.ApiConfiguration;
import dev.keyswitch.api.account.Accounts;
import dev.keyswitch.api.outbox.EventPublisher.Outcome;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes what waits in the outbox, and marks it once the broker has acknowledged it. Any number of nodes may run one; the
/// database lets one at a time be active. An event may be sent twice (its id tells), and is never lost.
///
/// The events of one record key are sent one after the other, each once the one before it is acknowledged: their order holds
/// whatever fails in between.
@Singleton
public final class OutboxRelay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final int BATCH = 500;
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration TIDY_EVERY = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofHours(24);

    private final ApiConfiguration configuration;
    private final Accounts accounts;
    private final Clock clock;
    private final TopicCreator topics;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Backoff backoff = new Backoff();
    private volatile RelayStatus status = new RelayStatus(RelayStatus.State.STOPPED, null, null);
    private volatile @Nullable OutboxSession session;
    private @Nullable Thread thread;

    OutboxRelay(ApiConfiguration configuration, Accounts accounts, TopicCreator topics, Clock clock) {
        this.configuration = configuration;
        this.accounts = accounts;
        this.topics = topics;
        this.clock = clock;
    }

    /// Begins, in a thread of its own. Once.
    public void start() {
        String source = "urn:keyswitch:deployment:" + accounts.deploymentId();
        thread = Thread.ofPlatform().name("outbox-relay").daemon().start(() -> run(source));
    }

    /// How this node's relay is, for health.
    public RelayStatus status() {
        return status;
    }

    private void run(String source) {
        try (EventPublisher publisher = new EventPublisher(configuration.kafkaBootstrap(), source)) {
            while (isOpen()) {
                try (OutboxSession opened = OutboxSession.open(
                        configuration.databaseUrl(), configuration.databaseUser(), configuration.databasePassword())) {
                    session = opened;
                    takeTurns(opened, publisher);
                } catch (SQLException e) {
                    if (isOpen()) {
                        LOG.warn("outbox relay lost the database error={}", e.getMessage());
                        status = status.failed(RelayStatus.State.DATABASE_AWAY, String.valueOf(e.getMessage()));
                        pause(backoff.failure());
                    }
                } catch (RuntimeException e) {
                    LOG.error("outbox relay failed, it begins anew", e);
                    pause(backoff.failure());
                }
            }
        } finally {
            status = status.with(RelayStatus.State.STOPPED);
        }
    }

    private void takeTurns(OutboxSession session, EventPublisher publisher) throws SQLException {
        while (isOpen() && !session.tryLock()) {
            status = status.with(RelayStatus.State.STANDBY);
            pause(POLL);
        }
        status = status.with(RelayStatus.State.ACTIVE);
        backoff.success();
        Instant tidied = Instant.EPOCH;
        while (isOpen()) {
            List<WaitingEvent> batch = session.waiting(BATCH);
            if (!batch.isEmpty() && !publish(batch, session, publisher)) {
                pause(backoff.failure());
            } else if (batch.isEmpty()) {
                if (tidied.plus(TIDY_EVERY).isBefore(clock.instant())) {
                    tidied = clock.instant();
                    session.deletePublished(KEPT, 10_000);
                }
                session.awaitWake(POLL);
            }
        }
    }

    /// @return false if the broker did not take something, which is then to be tried again from the oldest
    private boolean publish(List<WaitingEvent> batch, OutboxSession session, EventPublisher publisher) throws SQLException {
        try {
            topics.ensure(batch.stream().map(WaitingEvent::topic).toList());
        } catch (KafkaException e) {
            brokerIsAway(String.valueOf(e.getMessage()));
            return false;
        }
        Waves waves = new Waves(batch);
        while (!waves.isEmpty()) {
            List<WaitingEvent> wave = waves.next();
            if (!mark(wave, publisher.send(wave), session)) {
                return false;
            }
        }
        return true;
    }

    private boolean mark(List<WaitingEvent> wave, Map<WaitingEvent, Outcome> outcomes, OutboxSession session)
            throws SQLException {
        List<Long> acknowledged = new ArrayList<>();
        List<Long> failed = new ArrayList<>();
        String error = "";
        for (Map.Entry<WaitingEvent, Outcome> entry : outcomes.entrySet()) {
            WaitingEvent event = entry.getKey();
            switch (entry.getValue()) {
                case Outcome.Acknowledged done -> acknowledged.add(event.id());
                case Outcome.Failed wrong -> {
                    failed.add(event.id());
                    error = wrong.error();
                }
                case Outcome.Hopeless wrong -> {
                    LOG.error(
                            "event parked, it cannot be sent id={} type={} subject={} error={}",
                            event.eventId(),
                            event.type(),
                            event.subject(),
                            wrong.error());
                    session.parked(event.id(), wrong.error());
                }
            }
        }
        session.published(acknowledged);
        if (!acknowledged.isEmpty()) {
            backoff.success();
            status = status.published(clock.instant());
        }
        if (failed.isEmpty() && outcomes.size() == wave.size()) {
            return true;
        }
        session.failed(failed, error);
        brokerIsAway(error);
        return false;
    }

    private void brokerIsAway(String error) {
        if (status.state() != RelayStatus.State.BROKER_AWAY) {
            LOG.warn("the broker does not take events, they wait error={}", error);
        }
        status = status.failed(RelayStatus.State.BROKER_AWAY, error);
    }

    private boolean isOpen() {
        return closed.getCount() > 0;
    }

    private void pause(Duration time) {
        try {
            closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed.countDown();
        }
    }

    /// Stops within a second or two; what is in flight is sent again by the next relay.
    @Override
    @PreDestroy
    public void close() {
        closed.countDown();
        try {
            OutboxSession open = session;
            if (open != null) {
                open.abort();
            }
            if (thread != null) {
                thread.join(Duration.ofSeconds(3));
            }
        } catch (SQLException e) {
            LOG.warn("outbox relay could not be ended cleanly error={}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
