package dev.keyswitch.api.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.ApiIT;
import dev.keyswitch.api.ApiServer;
import dev.keyswitch.api.Eventually;
import dev.keyswitch.api.Samples;
import dev.keyswitch.api.outbox.TopicReader;
import dev.keyswitch.contract.account.Account;
import dev.keyswitch.contract.event.CloudEventHeaders;
import dev.keyswitch.contract.event.Topics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/// What a start costs, and saying of tokens that they end: counted in rows that the database looked at, not in seconds. As few
/// among fifty thousand tokens as among some hundred, so nothing walks over them, in the database or in memory.
class ManyTokensIT extends ApiIT {

    private static final int FEW = 300;
    private static final int MANY = 50_000;
    private static final int ENDING = 5;
    /// Much less than one look at each of many; most of it comes from looking again and again whether there is anything to do.
    private static final long BOUND = MANY / 20;

    @Override
    protected Map<String, String> settings() {
        return Map.of("keyswitch.token.sweep-every", "50ms");
    }

    @Test
    void startsAndTellsOfEndsWithoutLookingAtTheOthers() throws Exception {
        UUID account = owner().get("/v1/account").as(200, Account.class).id();
        UUID model = Samples.model(owner(), "of many").id();
        Eventually.holds(() -> this.<Long>value("select count(*) from outbox where published_at is null") == 0);
        server().close();

        fill(account, model, FEW);
        Map<String, Long> few = rowsLookedAt();
        fill(account, model, MANY);
        Map<String, Long> many = rowsLookedAt();

        System.out.println("rows looked at, tokens " + FEW + ": " + few + ", tokens " + MANY + ": " + many);
        assertThat(this.<Long>value("select count(*) from token")).isEqualTo(FEW + MANY);
        assertThat(few.get("token")).as("the counters count").isPositive();
        assertThat(sum(many)).isLessThan(BOUND);
    }

    private static long sum(Map<String, Long> rows) {
        return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    /// One node starts, does all that it does at its start, tells of some tokens that they are over and of as many that they end soon, and
    /// stops. What it has told is seen in Kafka: questions to the database would be counted, too.
    ///
    /// @return by table
    private Map<String, Long> rowsLookedAt() throws SQLException {
        List<String> over = ending("now()");
        List<String> soon = ending("now() + interval '1 day'");
        Map<String, Long> before = counted();
        try (ApiServer node = ApiServer.start(configuration());
                TopicReader topic = new TopicReader(configuration().kafka().bootstrapServers(), Topics.tokens(configuration().account()))) {
            assertThat(node.uri()).isNotNull();
            over.forEach(token -> assertThat(topic.readUntil(token, 1)).extracting(ManyTokensIT::type).containsExactly("dev.keyswitch.token.expired.v1"));
            soon.forEach(token -> assertThat(topic.readUntil(token, 1)).extracting(ManyTokensIT::type).containsExactly("dev.keyswitch.token.expiring.v1"));
        }
        Map<String, Long> after = counted();
        before.forEach((table, rows) -> after.merge(table, -rows, Long::sum));
        after.values().removeIf(rows -> rows == 0);
        return after;
    }

    private static String type(ConsumerRecord<String, String> record) {
        return TopicReader.header(record, CloudEventHeaders.TYPE);
    }

    /// Some tokens of which nothing is said yet.
    private List<String> ending(String when) throws SQLException {
        try (var connection = database();
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        update token set expires_at = %s
                        where id in (select id from token where expiry_told = 'NOTHING' and expires_at > now() + interval '30 days' order by uuid_hash(id) limit %d)
                        returning id::text
                        """.formatted(when, ENDING))) {
            List<String> tokens = new ArrayList<>();
            while (rows.next()) {
                tokens.add(rows.getString(1));
            }
            return tokens;
        }
    }

    /// A connection adds what it has done to the counters when it ends, at the latest.
    private Map<String, Long> counted() throws SQLException {
        Eventually.holds(() -> this.<Long>value("select count(*) from pg_stat_activity where datname = current_database() and application_name like 'keyswitch%'") == 0);
        Map<String, Long> rows = new TreeMap<>();
        try (var connection = database();
                var statement = connection.createStatement();
                ResultSet tables = statement.executeQuery("""
                        select t.relname, t.seq_tup_read + coalesce((select sum(i.idx_tup_read) from pg_stat_user_indexes i where i.relid = t.relid), 0)::bigint
                        from pg_stat_user_tables t
                        """)) {
            while (tables.next()) {
                rows.put(tables.getString(1), tables.getLong(2));
            }
        }
        return rows;
    }

    /// Behind the API's back, as it would have written them: every second one assigned, with a READY key, with its history, events and
    /// audit entries. None ends soon.
    private void fill(UUID account, UUID model, int tokens) throws SQLException {
        try (var connection = database();
                var statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            statement.execute("""
                    with made as (
                        insert into token (id, account_id, name, status, custody, holder_id, model_id, generation, active_generation, value_hash,
                            value_hint, created_at, expires_at)
                        select gen_random_uuid(), a.id, 'token ' || n, 'ACTIVE', 'AGENT', a.default_holder_id, case n %% 2 when 0 then m.id end, 1 - n %% 2, case n %% 2 when 0 then 1 end,
                            sha256(gen_random_uuid()::text::bytea), 'AbCd', now(), now() + interval '100 days'
                        from generate_series(1, %d) n, account a, model m
                        where a.id = '%s' and m.id = '%s'
                        returning id, account_id, holder_id, model_id, value_hash, expires_at),
                    told as (
                        insert into outbox (event_id, account_id, topic, record_key, type, subject, at, data, position, published_at)
                        select gen_random_uuid(), account_id, 'keyswitch.x.tokens', id::text, 'dev.keyswitch.token.created.v1', id::text, now(), '{}',
                            1000 + row_number() over () + (select count(*) from outbox), now()
                        from made),
                    written as (
                        insert into audit (account_id, at, by_name, action, token_id) select account_id, now(), 'owner', 'token.created', id from made),
                    history as (
                        insert into assignment (account_id, token_id, model_id, generation, assigned_at)
                        select account_id, id, model_id, 1, now() from made where model_id is not null),
                    access as (
                        insert into access_record (record_key, account_id, revision, data, valid_until)
                        select encode(value_hash, 'hex'), account_id, 1, '{}', expires_at from made where model_id is not null)
                    insert into evaluation_key (id, account_id, token_id, model_id, holder_id, generation, state, encryption_profile, profile_digest, custody,
                        attempt, size_bytes, sha256, root_fingerprint, requested_at, announced_at, ready_at)
                    select gen_random_uuid(), t.account_id, t.id, m.id, t.holder_id, 1, 'READY', m.encryption_profile, m.profile_digest, 'AGENT',
                        1, 300000, repeat('ab', 32), repeat('cd', 32), now(), now(), now()
                    from made t join model m on m.id = t.model_id
                    """.formatted(tokens, account, model));
            statement.execute("vacuum analyze");
        }
    }
}
