package dev.keyswitch.api;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What holds of the database at every moment between two transactions, whatever was asked of the API. Each is a query for rows
/// that break it.
public final class Invariants {

    private static final Map<String, String> RULES = rules();
    private static final List<String> TABLES =
            List.of("account", "holder", "credential", "model", "token", "assignment", "evaluation_key", "upload", "token_job", "audit", "outbox", "access_record");

    private final Supplier<Connection> connections;

    public Invariants(Supplier<Connection> connections) {
        this.connections = connections;
    }

    private static Map<String, String> rules() {
        Map<String, String> rules = new LinkedHashMap<>();
        rules.put("a token has the assignment that its history has open, and no other", """
                select t.id from token t left join assignment a on a.token_id = t.id and a.ended_at is null
                where t.model_id is distinct from a.model_id
                """);
        rules.put("an assignment that began later has the higher generation, and began when the one before ended", """
                select a.token_id from assignment a join assignment b on b.token_id = a.token_id and b.generation < a.generation
                where b.ended_at is null or b.ended_at > a.assigned_at
                """);
        rules.put("no generation is above the token's", """
                select t.id from token t where t.generation < greatest(
                    (select max(generation) from evaluation_key k where k.token_id = t.id),
                    (select max(generation) from assignment a where a.token_id = t.id), t.active_generation, t.pending_generation)
                """);
        rules.put("the key in force is READY, and for the model the token has", """
                select t.id from token t where t.active_generation is not null and not exists (
                    select from evaluation_key k where k.token_id = t.id and k.generation = t.active_generation
                        and k.state = 'READY' and k.model_id = t.model_id)
                """);
        rules.put("a READY key is in force", """
                select k.id from evaluation_key k join token t on t.id = k.token_id
                where k.state = 'READY' and k.generation is distinct from t.active_generation
                """);
        rules.put("one key is wanted for the model a token has, and one for the model it waits to move to; none of a canceled one", """
                select t.id from token t
                left join evaluation_key k on k.token_id = t.id and k.state in ('REQUESTED', 'GENERATING', 'READY', 'FAILED')
                group by t.id
                having count(k.id) filter (where k.model_id = t.model_id and k.generation is distinct from t.pending_generation)
                        <> (case when t.model_id is null or t.status = 'CANCELED' then 0 else 1 end)
                    or count(k.id) filter (where k.generation = t.pending_generation and k.model_id = t.pending_model_id)
                        <> (case when t.pending_model_id is null then 0 else 1 end)
                    or count(k.id) <> (case when t.model_id is null or t.status = 'CANCELED' then 0 else 1 end)
                        + (case when t.pending_model_id is null then 0 else 1 end)
                """);
        rules.put("a canceled token waits for no move", "select id from token where status = 'CANCELED' and pending_model_id is not null");
        rules.put("no token has or awaits a model that is gone", """
                select t.id from token t join model m on m.id = t.model_id or m.id = t.pending_model_id
                where m.deleted_at is not null and not exists (select from token_job j where j.model_id = m.id and j.finished_at is null)
                """);
        rules.put("nothing waits for an inactive model", """
                select t.id from token t join model m on m.id = t.pending_model_id
                where m.status <> 'ACTIVE' and not exists (select from token_job j where j.model_id = m.id and j.finished_at is null)
                """);
        rules.put("a key has what its state says", """
                select id from evaluation_key
                where (state = 'READY') and (stored_as is null or sha256 is null or size_bytes is null or ready_at is null or holder_mac is null)
                    or (state = 'GENERATING') and (lease_until is null or attempt = 0)
                    or (state in ('SUPERSEDED', 'REVOKED')) <> (ended_at is not null)
                    or (state = 'FAILED') and failure is null
                """);
        rules.put("what belongs together is of one account", """
                select t.id from token t left join model m on m.id = t.model_id left join model p on p.id = t.pending_model_id
                join holder h on h.id = t.holder_id
                where m.account_id <> t.account_id or p.account_id <> t.account_id or h.account_id <> t.account_id
                union all
                select k.id from evaluation_key k join token t on t.id = k.token_id join model m on m.id = k.model_id join holder h on h.id = k.holder_id
                where t.account_id <> k.account_id or m.account_id <> k.account_id or h.account_id <> k.account_id
                union all
                select a.token_id from assignment a join token t on t.id = a.token_id join model m on m.id = a.model_id
                where t.account_id <> a.account_id or m.account_id <> a.account_id
                union all
                select u.id from upload u join evaluation_key k on k.id = u.evaluation_key_id where k.account_id <> u.account_id
                union all
                select c.id from credential c join holder h on h.id = c.holder_id where h.account_id <> c.account_id
                union all
                select c.id from credential c join credential_model b on b.credential_id = c.id join model m on m.id = b.model_id
                where m.account_id <> c.account_id
                union all
                select t.id from token t join audit a on a.token_id = t.id where a.account_id <> t.account_id
                union all
                select t.id from token t join outbox o on o.record_key = t.id::text where o.account_id <> t.account_id
                """);
        rules.put("every token and model was created once in events and audit, and deleted once if it is", """
                select t.id from token t
                where (select count(*) from outbox where record_key = t.id::text and type = 'dev.keyswitch.token.created.v1') <> 1
                    or (select count(*) from audit where token_id = t.id and action = 'token.created') <> 1
                    or (select count(*) from outbox where record_key = t.id::text and type = 'dev.keyswitch.token.deleted.v1')
                        <> (case when t.deleted_at is null then 0 else 1 end)
                    or (select count(*) from audit where token_id = t.id and action = 'token.deleted')
                        <> (case when t.deleted_at is null then 0 else 1 end)
                """);
        rules.put("assignments that ended and began are in the audit trail as often as in the history", """
                select t.id from token t
                where (select count(*) from assignment where token_id = t.id)
                    <> (select count(*) from audit where token_id = t.id and action in ('token.assigned', 'token.reassigned', 'token.moved'))
                """);
        rules.put("every state that keys came to was told", """
                select k.id from evaluation_key k
                where k.state in ('GENERATING', 'READY', 'FAILED', 'SUPERSEDED', 'REVOKED') and not exists (
                    select from outbox o where o.record_key = k.token_id::text
                        and o.type = 'dev.keyswitch.evaluation-key.' || lower(k.state) || '.v1'
                        and o.data::jsonb ->> 'evaluationKeyId' = k.id::text)
                """);
        rules.put("no event was parked", "select event_id from outbox where parked_at is not null");
        rules.put("the events of one subject were published in the order in which they were written", """
                select event_id from (
                    select event_id, position, lag(position) over (partition by record_key order by id) as before from outbox
                    where position is not null) o
                where o.position <= o.before
                """);
        return rules;
    }

    /// Each broken rule with ids of rows that break it; empty if all hold.
    public List<String> violations() {
        List<String> violations = new ArrayList<>();
        // The API never asks by this; the rules do, for every token.
        execute("create index if not exists outbox_by_record_key on outbox (record_key)");
        RULES.forEach((rule, sql) -> {
            List<String> rows = texts("select cast(x.* as text) from (" + sql + ") x limit 3");
            if (!rows.isEmpty()) {
                violations.add("broken: " + rule + " " + rows);
            }
        });
        return violations;
    }

    /// All that is stored of one account, as one text. Not the moment of last use.
    public String rowsOf(Object account) {
        StringBuilder rows = new StringBuilder();
        for (String table : TABLES) {
            String column = table.equals("account") ? "id" : "account_id";
            texts("select '%s ' || cast(to_jsonb(x) - 'last_used_at' as text) from %s x where %s = '%s' order by 1".formatted(table, table, column, account))
                    .forEach(row -> rows.append(row).append('\n'));
        }
        return rows.toString();
    }

    /// Until nothing waits in the outbox.
    public void awaitPublished() {
        Eventually.holds(() -> texts("select '' from outbox where published_at is null and parked_at is null limit 1").isEmpty());
    }

    /// Until models' changes are with all of their tokens.
    public void awaitJobs() {
        Eventually.holds(() -> texts("select '' from token_job where finished_at is null limit 1").isEmpty());
    }

    private void execute(String sql) {
        try (Connection connection = connections.get();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> texts(String sql) {
        try (Connection connection = connections.get();
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
