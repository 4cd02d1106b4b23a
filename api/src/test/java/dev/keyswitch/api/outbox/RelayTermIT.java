package dev.keyswitch.api.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyswitch.api.ApiConfiguration;
import dev.keyswitch.api.ApiServer;
import dev.keyswitch.api.Eventually;
import dev.keyswitch.contract.event.CloudEventHeaders;
import dev.keyswitch.contract.event.KafkaConnection;
import dev.keyswitch.contract.event.Topics;
import dev.keyswitch.embedded.TestServices;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Terms one after the other and side by side, on a database whose API has ended.
class RelayTermIT {

    private final TestServices services = TestServices.start();
    private final String databaseUrl = services.newDatabase();
    private final String account = databaseUrl.substring(databaseUrl.lastIndexOf('/') + 1).replace('_', '-');
    private final TopicCreator topics = new TopicCreator(KafkaConnection.plain(services.kafkaBootstrap()), 2);
    private final RelayTerm.Setting setting =
            new RelayTerm.Setting(KafkaConnection.plain(services.kafkaBootstrap()), "urn:test:" + account, topics, Clock.systemUTC());

    @BeforeEach
    void makeTheSchema(@TempDir Path folder) {
        ApiServer.start(new ApiConfiguration(
                        "127.0.0.1",
                        0,
                        databaseUrl,
                        services.databaseUser(),
                        services.databasePassword(),
                        KafkaConnection.plain(services.kafkaBootstrap()),
                        folder,
                        null,
                        null,
                        account))
                .close();
    }

    @AfterEach
    void closeTheTopicCreator() {
        topics.close();
    }

    @Test
    void publishesNothingAfterItsSuccessorHasBegun() throws Exception {
        UUID token = UUID.randomUUID();
        insert(token, 1);
        try (OutboxSession stalled = session();
                RelayTerm former = begin(stalled)) {
            List<PlacedEvent> read = former.next();
            // Here it is stopped in its tracks. Its connection is given up, and another relay takes over.
            endSessions();
            insert(token, 2);
            try (OutboxSession next = session();
                    RelayTerm successor = begin(next)) {
                assertThat(successor.publish(successor.next())).isTrue();

                assertThatThrownBy(() -> former.publish(read)).isInstanceOf(FencedException.class);

                insert(token, 3);
                assertThat(successor.publish(successor.next())).isTrue();
            }
        }
        assertThat(numbers(read(token, 3))).containsExactly("1", "2", "3");
    }

    @Test
    void leavesNothingToSeeOfABatchThatItsSuccessorCutOff() throws Exception {
        UUID token = UUID.randomUUID();
        insert(token, 1);
        try (OutboxSession stalled = session();
                RelayTerm former = begin(stalled)) {
            assertThat(former.publish(former.next())).isTrue();
            insert(token, 2);
            List<PlacedEvent> read = former.next();
            endSessions();

            // Wakes up late, and begins again without knowing that it has a successor: it is not the one that holds the lock.
            assertThatThrownBy(() -> RelayTerm.begin(stalled, setting)).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> former.publish(read)).isInstanceOf(FencedException.class);
        }
        try (OutboxSession next = session();
                RelayTerm successor = begin(next)) {
            insert(token, 3);
            assertThat(successor.publish(successor.next())).isTrue();
        }

        assertThat(numbers(read(token, 3))).containsExactly("1", "2", "3");
    }

    @Test
    void givesPositionsThatOnlyRiseAlsoInTheNextTerm() throws Exception {
        UUID token = UUID.randomUUID();
        for (int term = 1; term <= 2; term++) {
            try (OutboxSession session = session();
                    RelayTerm relay = begin(session)) {
                insert(token, term * 10);
                insert(token, term * 10 + 1);
                assertThat(relay.publish(relay.next())).isTrue();
            }
        }

        List<Long> sent = read(token, 4).stream()
                .map(record -> Long.parseLong(TopicReader.header(record, CloudEventHeaders.POSITION)))
                .toList();
        assertThat(sent).isSorted().doesNotHaveDuplicates();
        assertThat(positions(token)).isEqualTo(sent);
        assertThat(sent.get(2) / Positions.PER_TERM).isGreaterThan(sent.get(1) / Positions.PER_TERM);
    }

    @Test
    void publishesManyChangesOfOneTokenAtOnceAndInOrder() throws Exception {
        UUID token = UUID.randomUUID();
        int many = 2_500;
        execute("""
                insert into outbox (event_id, account_id, topic, record_key, type, subject, at, data)
                select gen_random_uuid(), account.id, '%s', '%s', 'dev.keyswitch.token.updated.v1', '%s', now(), n::text
                from account, generate_series(1, %d) n
                """.formatted(Topics.tokens(account), token, token, many));

        int batches = 0;
        try (OutboxSession session = session();
                RelayTerm relay = begin(session)) {
            for (List<PlacedEvent> batch = relay.next(); !batch.isEmpty(); batch = relay.next()) {
                assertThat(relay.publish(batch)).isTrue();
                batches++;
            }
        }

        assertThat(batches).isEqualTo(3);
        assertThat(numbers(read(token, many)))
                .isEqualTo(LongStream.rangeClosed(1, many).mapToObj(Long::toString).toList());
    }

    @Test
    void aTopicThatTakesNothingHoldsUpNoOther() throws Exception {
        UUID token = UUID.randomUUID();
        execute("""
                insert into outbox (event_id, account_id, topic, record_key, type, subject, at, data)
                select gen_random_uuid(), id, 'no such topic!', 'x', 'dev.keyswitch.token.updated.v1', 'x', now(), '{}' from account
                """);
        insert(token, 1);

        try (OutboxSession session = session();
                RelayTerm relay = begin(session)) {
            assertThat(relay.publish(relay.next())).isFalse();
            assertThat(relay.publish(relay.next())).isTrue();
        }

        assertThat(numbers(read(token, 1))).containsExactly("1");
        assertThat(column("select last_error from outbox where parked_at is not null").getFirst()).contains("InvalidTopic");
    }

    private RelayTerm begin(OutboxSession session) throws SQLException {
        Eventually.holds(() -> {
            try {
                return session.tryLock();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        return RelayTerm.begin(session, setting);
    }

    private OutboxSession session() throws SQLException {
        return OutboxSession.open(databaseUrl, services.databaseUser(), services.databasePassword());
    }

    private void endSessions() throws SQLException {
        column("""
                select pg_terminate_backend(pid)::text from pg_stat_activity
                where application_name = 'keyswitch-outbox-relay' and datname = current_database()
                """);
    }

    private void insert(UUID token, int number) throws SQLException {
        execute("""
                insert into outbox (event_id, account_id, topic, record_key, type, subject, at, data)
                select gen_random_uuid(), id, '%s', '%s', 'dev.keyswitch.token.updated.v1', '%s', now(), '%d' from account
                """.formatted(Topics.tokens(account), token, token, number));
    }

    private List<ConsumerRecord<String, String>> read(UUID token, int count) {
        try (TopicReader reader = new TopicReader(services.kafkaBootstrap(), Topics.tokens(account))) {
            return reader.readUntil(token.toString(), count);
        }
    }

    private static List<String> numbers(List<ConsumerRecord<String, String>> records) {
        return records.stream().map(ConsumerRecord::value).toList();
    }

    private List<Long> positions(UUID token) throws SQLException {
        return column("select position::text from outbox where record_key = '" + token + "' order by id").stream()
                .map(Long::parseLong)
                .toList();
    }

    private List<String> column(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = database();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection database() throws SQLException {
        return DriverManager.getConnection(databaseUrl, services.databaseUser(), services.databasePassword());
    }
}
