package dev.keyswitch.api.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.ApiServer;
import dev.keyswitch.api.Eventually;
import dev.keyswitch.api.Samples;
import dev.keyswitch.contract.event.CloudEventHeaders;
import dev.keyswitch.contract.event.Topics;
import dev.keyswitch.contract.token.AssignToken;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RelayIT extends ApiIT {

    @Test
    void publishesWhatWasCommittedInOrderAsCloudEvents() {
        UUID model = Samples.model(owner(), "published").id();
        UUID token = Samples.token(owner(), "published").id();
        owner().send(owner().request("/v1/tokens/" + token + "/assignment")
                .header("Content-Type", "application/json")
                .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .PUT(java.net.http.HttpRequest.BodyPublishers.ofString("{\"modelId\":\"" + model + "\"}")));
        owner().delete("/v1/tokens/" + token + "/assignment");

        try (TopicReader reader = new TopicReader(configuration().kafka().bootstrapServers(), Topics.tokens(configuration().account()))) {
            List<ConsumerRecord<String, String>> records = reader.readUntil(token.toString(), 4);

            assertThat(records).extracting(record -> TopicReader.header(record, CloudEventHeaders.TYPE))
                    .containsExactly(
                            "dev.keyswitch.token.created.v1",
                            "dev.keyswitch.token.assigned.v1",
                            "dev.keyswitch.evaluation-key.revoked.v1",
                            "dev.keyswitch.token.unassigned.v1");
            ConsumerRecord<String, String> assigned = records.get(1);
            assertThat(TopicReader.header(assigned, CloudEventHeaders.SPEC_VERSION)).isEqualTo("1.0");
            assertThat(TopicReader.header(assigned, CloudEventHeaders.SUBJECT)).isEqualTo(token.toString());
            assertThat(TopicReader.header(assigned, CloudEventHeaders.CONTENT_TYPE)).isEqualTo("application/json");
            assertThat(TopicReader.header(assigned, CloudEventHeaders.SOURCE)).startsWith("urn:keyswitch:deployment:");
            assertThat(TopicReader.header(assigned, CloudEventHeaders.TIME)).endsWith("Z");
            assertThat(TopicReader.header(assigned, CloudEventHeaders.TRACE_PARENT))
                    .isEqualTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            assertThat(records).extracting(record -> TopicReader.header(record, CloudEventHeaders.ID)).doesNotHaveDuplicates();
            assertThat(assigned.value()).contains(model.toString());
        }
        try (TopicReader reader = new TopicReader(configuration().kafka().bootstrapServers(), Topics.models(configuration().account()))) {
            assertThat(reader.readUntil(model.toString(), 1)).hasSize(1);
        }
    }

    @Test
    void doesNotLoseARowThatIsCommittedLaterThanOneWithAHigherId() throws Exception {
        UUID late = UUID.randomUUID();
        try (Connection open = database()) {
            open.setAutoCommit(false);
            insert(open, late, "{}");
            // Published while the other, lower row is still held open.
            UUID early = Samples.token(owner(), "overtakes").id();
            try (TopicReader reader = new TopicReader(configuration().kafka().bootstrapServers(), Topics.tokens(configuration().account()))) {
                reader.readUntil(early.toString(), 1);
            }
            Eventually.holds(() -> this.<Long>value(
                            "select count(*) from outbox where record_key = ? and published_at is not null", early.toString())
                    == 1);
            open.commit();
        }

        try (TopicReader reader = new TopicReader(configuration().kafka().bootstrapServers(), Topics.tokens(configuration().account()))) {
            assertThat(reader.readUntil(late.toString(), 1)).hasSize(1);
        }
    }

    @Test
    void parksWhatCanNeverBeSentAndGoesOn() throws Exception {
        UUID hopeless = UUID.randomUUID();
        try (Connection connection = database()) {
            insert(connection, hopeless, "\"" + "x".repeat(2_000_000) + "\"");
            insert(connection, hopeless, "{}");
        }

        Eventually.holds(() -> this.<Long>value("select count(*) from outbox where record_key = ? and parked_at is not null", hopeless.toString()) == 1);
        Eventually.holds(() -> this.<Long>value("select count(*) from outbox where record_key = ? and published_at is not null", hopeless.toString()) == 1);

        assertThat(this.<String>value("select last_error from outbox where record_key = ? and parked_at is not null", hopeless.toString()))
                .contains("RecordTooLarge");
        assertThat(withoutCredential().get("/health/readiness").text()).contains("DEGRADED");
        assertThat(withoutCredential().get("/health/readiness").status()).isEqualTo(200);
        execute("delete from outbox where record_key = ?", hopeless.toString());
        assertThat(withoutCredential().get("/health/readiness").text()).doesNotContain("DEGRADED");
    }

    @Test
    void letsOneOfTwoNodesPublishAndTheOtherTakeOver() throws Exception {
        UUID token = Samples.token(owner(), "of two nodes").id();
        Eventually.holds(() -> holders() == 1);
        long first = lockHolder();

        try (ApiServer second = ApiServer.start(configuration())) {
            UUID model = Samples.model(owner(), "of two nodes").id();
            Samples.assign(owner(), token, model);
            assertThat(holders()).isEqualTo(1);
            assertThat(lockHolder()).isEqualTo(first);
            // The first one's connection is cut: somebody goes on, and never two.
            execute("select pg_terminate_backend(?)", (int) first);
            Eventually.holds(() -> holders() == 1 && lockHolder() != first);
            owner().put("/v1/tokens/" + token + "/assignment", new AssignToken(Samples.model(owner(), "of two nodes 2").id(), true, null));
            Eventually.holds(() -> this.<Long>value("select count(*) from outbox where published_at is null") == 0);
            assertThat(second.uri()).isNotEqualTo(server().uri());
        }

        try (TopicReader reader = new TopicReader(configuration().kafka().bootstrapServers(), Topics.tokens(configuration().account()))) {
            List<String> types = new ArrayList<>();
            reader.readUntil(token.toString(), 4).forEach(record -> types.add(TopicReader.header(record, CloudEventHeaders.TYPE)));
            assertThat(types.stream().distinct()).containsExactly(
                    "dev.keyswitch.token.created.v1",
                    "dev.keyswitch.token.assigned.v1",
                    "dev.keyswitch.token.reassigned.v1",
                    "dev.keyswitch.evaluation-key.superseded.v1");
        }
    }

    @Test
    void publishesSoonAfterTheCommit() {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            UUID token = Samples.token(owner(), "soon " + i).id();
            Eventually.holds(() -> this.<Long>value(
                    "select count(*) from outbox where record_key = ? and published_at is not null", token.toString()) == 1);
            millis.add(this.<Long>value(
                    "select (extract(epoch from published_at - at) * 1000)::bigint from outbox where record_key = ?", token.toString()));
        }

        assertThat(millis.stream().sorted().toList().get(10)).as("median of " + millis).isLessThan(500);
    }

    @Test
    void forgetsWhatWasPublishedADayAgo() {
        UUID token = Samples.token(owner(), "old news").id();
        UUID younger = Samples.token(owner(), "younger news").id();
        Eventually.holds(() -> this.<Long>value("select count(*) from outbox where published_at is null") == 0);
        execute("update outbox set published_at = now() - interval '25 hours' where record_key = ?", token.toString());

        Eventually.holds(() -> this.<Long>value("select count(*) from outbox where record_key = ?", token.toString()) == 0);

        assertThat(this.<Long>value("select count(*) from outbox where record_key = ?", younger.toString())).isEqualTo(1);
    }

    private long holders() {
        return this.<Long>value("""
                select count(*) from pg_locks
                where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())
                """);
    }

    private long lockHolder() {
        Integer pid = value("""
                select pid from pg_locks
                where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())
                """);
        return pid == null ? 0 : pid;
    }

    private void insert(Connection connection, UUID recordKey, String data) throws Exception {
        try (var statement = connection.prepareStatement("""
                insert into outbox (event_id, account_id, topic, record_key, type, subject, at, data)
                select gen_random_uuid(), id, ?, ?, 'dev.keyswitch.token.updated.v1', ?, now(), ? from account where slug = ?
                """)) {
            statement.setString(1, Topics.tokens(configuration().account()));
            statement.setString(2, recordKey.toString());
            statement.setString(3, recordKey.toString());
            statement.setString(4, data);
            statement.setString(5, configuration().account());
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }
}
