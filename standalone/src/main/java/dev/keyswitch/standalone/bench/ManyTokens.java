package dev.keyswitch.standalone.bench;

import dev.keyswitch.contract.value.ShownOnceValue;
import dev.keyswitch.embedded.SetAsideIndexes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Fills the database behind the API's back, with rows as it would have written them: a large account beside many small ones. Through the API a
/// million tokens would take an hour.
///
/// Names are made of a first name, a last name and eight hexadecimal digits. Every second token is assigned, with a READY evaluation key whose bytes
/// are not there. No token ends soon, so that nothing is said about it meanwhile. What triggers derive is left out.
final class ManyTokens {

    private static final int OF_SMALL_ACCOUNT = 1_000;

    private static final String NAME = """
            (array['Ada','Alan','Barbara','Blaise','Carl','Claude','Donald','Edsger','Emmy','Ernst','Evariste','Felix','George','Grace','Hedy','Henri',
                'Hypatia','Ivan','Joan','John','Karen','Katherine','Kurt','Leonhard','Margaret','Maryam','Nina','Olga','Pierre','Radia','Sofia','Zhang'])[1 + n % 32]
            || ' ' || (array['Abel','Bernoulli','Cantor','Descartes','Euler','Fermat','Galois','Hilbert','Ito','Jacobi','Kolmogorov','Lovelace','Mirzakhani',
                'Noether','Oresme','Poincare','Quine','Ramanujan','Shannon','Turing','Ulam','Viete','Wiles','Yau','Zermelo'])[1 + (n / 32) % 25]
            || ' ' || lpad(to_hex((n::bigint * 2654435761) % 4294967296), 8, '0')
            """;

    private final Connection database;
    private final UUID account;
    private final UUID holder;

    ManyTokens(Connection database, UUID account, UUID holder) {
        this.database = database;
        this.account = account;
        this.holder = holder;
    }

    /// @param models of the large account
    void fill(int tokens, int smallAccounts, List<UUID> models) throws SQLException {
        try (var statement = database.createStatement()) {
            database.setAutoCommit(false);
            statement.execute("set local session_replication_role = replica");
            statement.execute("set local maintenance_work_mem = '1GB'");
            SetAsideIndexes indexes = SetAsideIndexes.of(database, "token", "evaluation_key");
            fillAccount(account, holder, tokens, models);
            for (int i = 0; i < smallAccounts; i++) {
                smallAccount(i);
            }
            indexes.makeAnew();
            database.commit();
            database.setAutoCommit(true);
            statement.execute("vacuum analyze");
            // What filling left to be written must not be written while something is measured.
            statement.execute("checkpoint");
        }
    }

    private void smallAccount(int number) throws SQLException {
        UUID small = UUID.randomUUID();
        UUID itsHolder = UUID.randomUUID();
        execute("insert into holder (id, account_id, name, created_at) values (?, ?, 'default', now())", itsHolder, small);
        execute(
                "insert into account (id, slug, name, default_holder_id, created_at) values (?, 'small-" + number + "', 'Small', ?, now())",
                small,
                itsHolder);
        fillAccount(small, itsHolder, OF_SMALL_ACCOUNT, List.of());
    }

    private void fillAccount(UUID owner, UUID itsHolder, int tokens, List<UUID> models) throws SQLException {
        execute(
                """
                insert into token (id, account_id, name, status, custody, holder_id, value_hash, value_hint, created_at, expires_at)
                select gen_random_uuid(), ?, %s, 'ACTIVE', 'HOLDER', ?, sha256(gen_random_uuid()::text::bytea), 'AbCd', now(),
                    now() + interval '10 days' + interval '290 days' * random()
                from generate_series(1, %d) n
                """.formatted(NAME, tokens),
                owner,
                itsHolder);
        for (int i = 0; i < models.size(); i++) {
            execute(
                    """
                    with chosen as (
                        update token set model_id = ?, generation = 1, active_generation = 1
                        where account_id = ? and uuid_hash(id) & 1 = 0 and (uuid_hash(id) / 2) %% %d in (%d, -%d)
                        returning id, account_id, holder_id),
                    history as (
                        insert into assignment (account_id, token_id, model_id, generation, assigned_at)
                        select account_id, id, ?, 1, now() from chosen)
                    insert into evaluation_key (id, account_id, token_id, model_id, holder_id, generation, state, encryption_profile, profile_digest,
                        custody, attempt, progress_percent, size_bytes, sha256, root_fingerprint, requested_at, announced_at, ready_at)
                    select gen_random_uuid(), c.account_id, c.id, m.id, c.holder_id, 1, 'READY', m.encryption_profile, m.profile_digest,
                        'HOLDER', 1, 100, 300000, repeat('ab', 32), repeat('cd', 32), now(), now(), now()
                    from chosen c join model m on m.id = ?
                    """.formatted(models.size(), i, i),
                    models.get(i),
                    owner,
                    models.get(i),
                    models.get(i));
        }
    }

    /// Gives some assigned tokens of one model values that are known here. They were last used at some time within a minute: that is written once
    /// a minute, and not for all of them at once.
    ///
    /// @return the values
    List<String> values(UUID model, int count) throws Exception {
        SecureRandom random = new SecureRandom();
        List<String> values = new ArrayList<>();
        try (PreparedStatement find = database.prepareStatement("select id from token where model_id = ? order by id limit ?");
                PreparedStatement update = database.prepareStatement("update token set value_hash = ? where id = ?");
                PreparedStatement use = database.prepareStatement("insert into token_use values (?, now() - interval '60 s' * random())")) {
            find.setObject(1, model);
            find.setInt(2, count);
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    byte[] secret = new byte[32];
                    random.nextBytes(secret);
                    String value = ShownOnceValue.of(ShownOnceValue.TOKEN_PREFIX, secret).reveal();
                    values.add(value);
                    update.setBytes(1, MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8)));
                    update.setObject(2, rows.getObject(1));
                    update.addBatch();
                    use.setObject(1, rows.getObject(1));
                    use.addBatch();
                }
            }
            update.executeBatch();
            use.executeBatch();
        }
        return values;
    }

    /// Unassigned tokens.
    List<UUID> unassigned(int count) throws SQLException {
        List<UUID> tokens = new ArrayList<>();
        try (PreparedStatement find = database.prepareStatement(
                "select id from token where account_id = ? and model_id is null order by uuid_hash(id) limit ?")) {
            find.setObject(1, account);
            find.setInt(2, count);
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    tokens.add((UUID) rows.getObject(1));
                }
            }
        }
        return tokens;
    }

    /// The parts of one to three characters that most names have, most common first.
    List<String> commonParts(int count) throws SQLException {
        List<String> parts = new ArrayList<>();
        try (PreparedStatement find = database.prepareStatement("""
                select part from token tablesample system (1), unnest(name_grams(lower(name))) part
                where account_id = ? group by part order by count(*) desc, part limit ?""")) {
            find.setObject(1, account);
            find.setInt(2, count);
            try (ResultSet rows = find.executeQuery()) {
                while (rows.next()) {
                    parts.add(rows.getString(1));
                }
            }
        }
        return parts;
    }

    /// Rows and size with indexes of the tables that matter.
    String sizes() throws SQLException {
        List<String> sizes = new ArrayList<>();
        try (var statement = database.createStatement()) {
            statement.execute("analyze outbox, audit, access_record");
        }
        try (var statement = database.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select relname, reltuples::bigint, pg_size_pretty(pg_total_relation_size(oid)) from pg_class
                        where relname in ('token', 'assignment', 'evaluation_key', 'outbox', 'audit', 'access_record') order by relname""")) {
            while (rows.next()) {
                sizes.add("%s %,d rows %s".formatted(rows.getString(1), rows.getLong(2), rows.getString(3)));
            }
        }
        return String.join(", ", sizes);
    }

    private void execute(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }
}
