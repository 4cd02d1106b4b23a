package dev.keyswitch.api.outbox;

import dev.keyswitch.api.ApiConfiguration;
import dev.keyswitch.api.account.Accounts;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes what waits in the outbox, and marks it once the broker has committed it. Any number of nodes may run one; the
/// database lets one at a time be active, for a term ([RelayTerm]). An event may be published twice (its id tells), and is
/// never lost.
///
/// A batch is one transaction of Kafka, sent in the order of the rows: the events of one record key keep their order, however
/// many of them there are, and whatever fails in between.
@Singleton
public final class OutboxRelay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration TIDY_EVERY = Duration.ofSeconds(10);
    private static final int TIDY_AT_MOST = 100_000;
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
        RelayTerm.Setting setting = new RelayTerm.Setting(configuration.kafka(), source, topics, clock);
        while (isOpen()) {
            try (OutboxSession opened = OutboxSession.open(
                    configuration.databaseUrl(), configuration.databaseUser(), configuration.databasePassword())) {
                session = opened;
                awaitLock(opened);
                serve(opened, setting);
            } catch (FencedException e) {
                LOG.warn("another relay has taken over");
            } catch (SQLException e) {
                if (isOpen()) {
                    LOG.warn("outbox relay lost the database error={}", e.getMessage());
                    status = status.failed(RelayStatus.State.DATABASE_AWAY, String.valueOf(e.getMessage()));
                    pause(backoff.failure());
                }
            } catch (KafkaException e) {
                brokerIsAway(String.valueOf(e.getMessage()));
                pause(backoff.failure());
            } catch (RuntimeException e) {
                LOG.error("outbox relay failed, it begins anew", e);
                pause(backoff.failure());
            }
        }
        status = status.with(RelayStatus.State.STOPPED);
    }

    private void awaitLock(OutboxSession session) throws SQLException {
        while (isOpen() && !session.tryLock()) {
            status = status.with(RelayStatus.State.STANDBY);
            pause(POLL);
        }
    }

    private void serve(OutboxSession session, RelayTerm.Setting setting) throws SQLException {
        if (!isOpen()) {
            return;
        }
        try (RelayTerm term = RelayTerm.begin(session, setting)) {
            status = status.with(RelayStatus.State.ACTIVE);
            backoff.success();
            Instant tidied = Instant.EPOCH;
            while (isOpen()) {
                boolean more = term.turn();
                status = status.published(term.lastPublishedAt());
                if (tidied.plus(TIDY_EVERY).isBefore(clock.instant())) {
                    tidied = clock.instant();
                    session.deletePublished(KEPT, TIDY_AT_MOST);
                    session.forgetExpiredAccess(TIDY_AT_MOST);
                }
                if (!more) {
                    session.awaitWake(Heartbeats.EVERY);
                }
            }
        }
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
