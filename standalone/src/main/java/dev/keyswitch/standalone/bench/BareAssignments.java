package dev.keyswitch.standalone.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The statements that the API sends for an assignment and for its end, in the same order, prepared once, by nobody but the JDBC driver. What the
/// API does beyond them is what it costs.
final class BareAssignments implements AutoCloseable {

    private static final String AUTHENTICATE = """
            select c.* from credential c left join account a on a.id = c.account_id
            where c.value_hash = ? and c.revoked_at is null and a.suspended_at is null""";
    private static final String LOCK_TOKEN =
            "select * from token where id = ? and account_id = ? and deleted_at is null for update";
    private static final String HOLD_MODEL =
            "select * from model where id = ? and account_id = ? and deleted_at is null for share";
    private static final String PLACE = """
            update token set model_id = ?, generation = generation + 1, active_generation = null, pending_model_id = null,
                pending_generation = null, pending_since = null, version = version + 1 where id = ?""";
    private static final String BEGIN =
            "insert into assignment (account_id, token_id, model_id, generation, assigned_at) values (?, ?, ?, ?, ?)";
    private static final String END =
            "update assignment set ended_at = ?, ended_because = 'UNASSIGNED' where token_id = ? and ended_at is null";
    private static final String REQUEST_KEY = """
            insert into evaluation_key (account_id, token_id, model_id, holder_id, generation, state, encryption_profile, profile_digest, custody,
                attempt, progress_percent, parts, requested_at, announced_at, id)
            values (?, ?, ?, ?, ?, 'REQUESTED', ?::jsonb, ?, 'HOLDER', 0, 0, '[]'::jsonb, ?, ?, ?)""";
    private static final String LOCK_KEYS = """
            select * from evaluation_key
            where account_id = ? and token_id = ? and generation <> 0 and state in ('REQUESTED', 'GENERATING', 'READY', 'FAILED')
            order by generation for update""";
    private static final String END_KEY = "update evaluation_key set state = 'REVOKED', lease_until = null, ended_at = ? where id = ?";
    private static final String READ_KEY = "select * from evaluation_key where id = ?";
    private static final String TELL = """
            insert into outbox (event_id, account_id, topic, record_key, type, subject, at, trace_parent, data)
            values (?, ?, ?, ?, ?, ?, ?, null, ?) returning *""";
    private static final String AUDIT = """
            insert into audit (account_id, at, by_credential, by_name, action, token_id, model_id, request_id, before, after)
            values (?, ?, ?, 'bench', ?, ?, ?, ?, '{"generation":0}'::jsonb, '{"generation":1,"modelId":"01a22b08-1620-7000-9c37-c51cc3559148"}'::jsonb)
            returning *""";
    private static final String NAMES = "select id, name from model where account_id = ? and id = any(cast(? as uuid[]))";
    private static final String USES = "select token_id, used_at from token_use where token_id = any(cast(? as uuid[]))";
    private static final String PRESENT_KEYS = """
            select distinct on (k.token_id) k.* from evaluation_key k join token t on t.id = k.token_id and t.model_id = k.model_id
            where k.account_id = ? and k.token_id = any(cast(? as uuid[])) order by k.token_id, k.generation desc""";

    /// What all assignments of a run have in common.
    ///
    /// @param profile JSON, as the model's row has it
    record Setting(UUID account, UUID holder, UUID credential, byte[] credentialHash, UUID model, String profile, String digest, String topic) {}

    private final Connection database;
    private final Setting setting;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    BareAssignments(String url, String user, String password, Setting setting) throws SQLException {
        this.database = DriverManager.getConnection(url, user, password);
        this.setting = setting;
        database.setAutoCommit(false);
    }

    void assign(UUID token) throws SQLException {
        Timestamp now = Timestamp.from(Instant.now());
        authenticate();
        long generation = lock(token) + 1;
        read(HOLD_MODEL, setting.model(), setting.account());
        write(PLACE, setting.model(), token);
        write(BEGIN, setting.account(), token, setting.model(), generation, now);
        write(
                REQUEST_KEY,
                setting.account(),
                token,
                setting.model(),
                setting.holder(),
                generation,
                setting.profile(),
                setting.digest(),
                now,
                now,
                UUID.randomUUID());
        tell(token, "token.assigned", now);
        audit(token, "token.assigned", now);
        read(NAMES, setting.account(), "{" + setting.model() + "}");
        read(PRESENT_KEYS, setting.account(), "{" + token + "}");
        read(USES, "{" + token + "}");
        database.commit();
    }

    void unassign(UUID token) throws SQLException {
        Timestamp now = Timestamp.from(Instant.now());
        authenticate();
        lock(token);
        write(END, now, token);
        write(PLACE, null, token);
        UUID key = Objects.requireNonNull(read(LOCK_KEYS, setting.account(), token));
        write(END_KEY, now, key);
        read(READ_KEY, key);
        tell(token, "evaluation-key.revoked", now);
        audit(token, "evaluation-key.revoked", now);
        tell(token, "token.unassigned", now);
        audit(token, "token.unassigned", now);
        database.commit();
    }

    private void authenticate() throws SQLException {
        read(AUTHENTICATE, (Object) setting.credentialHash());
        database.commit();
    }

    /// @return the token's generation
    private long lock(UUID token) throws SQLException {
        PreparedStatement statement = with(LOCK_TOKEN, token, setting.account());
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong("generation");
        }
    }

    private void tell(UUID token, String type, Timestamp now) throws SQLException {
        String data = "{\"accountId\":\"" + setting.account() + "\",\"tokenId\":\"" + token + "\",\"holderId\":\"" + setting.holder()
                + "\",\"previousModelId\":null,\"modelId\":\"" + setting.model() + "\",\"generation\":1,\"mode\":\"IMMEDIATE\",\"custody\":\"HOLDER\","
                + "\"evaluationKeyId\":\"" + token + "\",\"profileDigest\":\"" + setting.digest() + "\",\"cause\":\"ASSIGNED\",\"by\":\"bench\"}";
        read(
                TELL,
                UUID.randomUUID(),
                setting.account(),
                setting.topic(),
                token.toString(),
                "dev.keyswitch." + type + ".v1",
                token.toString(),
                now,
                data);
    }

    private void audit(UUID token, String action, Timestamp now) throws SQLException {
        read(AUDIT, setting.account(), now, setting.credential(), action, token, setting.model(), UUID.randomUUID().toString());
    }

    private void write(String sql, @Nullable Object... values) throws SQLException {
        with(sql, values).executeUpdate();
    }

    /// @return the first column of the last row, or null
    private @Nullable UUID read(String sql, Object... values) throws SQLException {
        @Nullable UUID first = null;
        try (ResultSet rows = with(sql, values).executeQuery()) {
            while (rows.next()) {
                first = rows.getObject(1) instanceof UUID id ? id : null;
            }
        }
        return first;
    }

    private PreparedStatement with(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = database.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
