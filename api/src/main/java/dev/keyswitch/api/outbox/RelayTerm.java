package dev.keyswitch.api.outbox;

import dev.keyswitch.api.outbox.EventPublisher.Outcome;
import dev.keyswitch.contract.event.KafkaConnection;
import dev.keyswitch.contract.event.Topics;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The time during which one relay is the one that publishes. Begins with the lock in the database and ends with the first
/// thing that goes wrong: what was read during it can be published by nobody later.
///
/// Why a relay that was stopped in its tracks cannot publish after its successor: the broker is told of a term (which shuts out
/// the terms before) between taking the lock and proving that it is still held. A successor has the lock later, so it tells the
/// broker later.
final class RelayTerm implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RelayTerm.class);
    private static final int BATCH = 1000;
    private static final Duration CLOSED_FOR = Duration.ofSeconds(5);

    private final OutboxSession session;
    private final EventPublisher publisher;
    private final TopicCreator topics;
    private final Positions positions;
    private final Heartbeats heartbeats;
    private final Clock clock;
    private final Map<String, Instant> closedTopics = new HashMap<>();

    private @Nullable Instant lastPublishedAt;

    private RelayTerm(
            OutboxSession session, EventPublisher publisher, Heartbeats heartbeats, Positions positions, Setting setting) {
        this.session = session;
        this.publisher = publisher;
        this.heartbeats = heartbeats;
        this.topics = setting.topics();
        this.positions = positions;
        this.clock = setting.clock();
    }

    /// What a term works with.
    record Setting(KafkaConnection kafka, String source, TopicCreator topics, Clock clock) {}

    /// @param session holds the lock
    /// @throws KafkaException if the broker is away
    static RelayTerm begin(OutboxSession session, Setting setting) throws SQLException {
        EventPublisher publisher = EventPublisher.open(setting.kafka(), setting.source());
        try {
            Positions positions = new Positions(session.beginTerm());
            return new RelayTerm(session, publisher, new Heartbeats(setting.kafka()), positions, setting);
        } catch (SQLException | RuntimeException e) {
            publisher.close();
            throw e;
        }
    }

    /// What is to be published next, oldest first.
    List<PlacedEvent> next() throws SQLException {
        Instant now = clock.instant();
        closedTopics.values().removeIf(until -> until.isBefore(now));
        return session.waiting(BATCH, Set.copyOf(closedTopics.keySet())).stream()
                .map(event -> new PlacedEvent(event, event.isAccess() ? 0 : positions.next(event.accountId())))
                .toList();
    }

    /// Publishes what waits, and says how far everything is published, when it is.
    ///
    /// @return whether there may be more
    boolean turn() throws SQLException {
        Optional<Instant> asOf = heartbeats.due() ? Optional.of(session.now()) : Optional.empty();
        List<PlacedEvent> batch = next();
        boolean published = batch.isEmpty() || publish(batch);
        boolean drained = published && batch.size() < BATCH;
        if (asOf.isPresent() && drained) {
            // Whatever was committed before that moment was in this batch or before it.
            List<String> accounts = session.accountsWithoutParkedAccess();
            topics.ensure(accounts.stream().map(Topics::access).toList());
            heartbeats.send(accounts, closedTopics.keySet(), asOf.get());
        }
        return !drained;
    }

    /// Publishes a batch and marks it; or parks, or sets aside, what stands in its way, and the rest is to be asked for again.
    ///
    /// @return whether it was published
    boolean publish(List<PlacedEvent> batch) throws SQLException {
        try {
            topics.ensure(batch.stream().map(placed -> placed.event().topic()).toList());
            return switch (publisher.publish(batch)) {
                case Outcome.Published() -> {
                    lastPublishedAt = clock.instant();
                    session.published(batch);
                    yield true;
                }
                case Outcome.Hopeless(WaitingEvent event, String error) -> {
                    LOG.error(
                            "event parked, it cannot be sent id={} type={} subject={} error={}",
                            event.eventId(),
                            event.type(),
                            event.subject(),
                            error);
                    session.parked(event.id(), error);
                    yield false;
                }
                case Outcome.Closed(String topic, String error) -> {
                    LOG.error("topic takes no events, they wait topic={} error={}", topic, error);
                    closedTopics.put(topic, clock.instant().plus(CLOSED_FOR));
                    session.failed(ids(batch, topic), error);
                    yield false;
                }
            };
        } catch (KafkaException e) {
            // A broker that lost its topics does not say so.
            topics.forget();
            session.failed(batch.stream().map(placed -> placed.event().id()).toList(), String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private static List<Long> ids(List<PlacedEvent> batch, String topic) {
        return batch.stream()
                .map(PlacedEvent::event)
                .filter(event -> event.topic().equals(topic))
                .map(WaitingEvent::id)
                .toList();
    }

    @Nullable Instant lastPublishedAt() {
        return lastPublishedAt;
    }

    @Override
    public void close() {
        heartbeats.close();
        publisher.close();
    }
}
