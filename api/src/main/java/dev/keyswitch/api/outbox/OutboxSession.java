package dev.keyswitch.api.outbox;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import org.postgresql.PGConnection;

/// One database connection on which everything of a relay happens: holding the lock, being woken, reading, and marking. When
/// it breaks, the lock is gone and so is the ability to mark, so a relay cannot go on believing that it is the one.
///
/// For one thread, but for [#abort].
final class OutboxSession implements AutoCloseable {

    /// Any number, as long as it is always this one: the word "outbox" in ASCII.
    private static final long LOCK = 0x6f7574626f78L;

    private final Connection connection;

    private OutboxSession(Connection connection) {
        this.connection = connection;
    }

    static OutboxSession open(String url, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "keyswitch-outbox-relay");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("socketTimeout", "20");
        properties.setProperty("tcpKeepAlive", "true");
        // A node that vanished without a word must not keep the lock for the two hours of the usual keep-alive. And a mark need
        // not be on disk before the next event: what a crash forgets is sent once more.
        properties.setProperty(
                "options",
                "-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
                        + " -c synchronous_commit=off");
        return new OutboxSession(DriverManager.getConnection(url, properties));
    }

    /// Takes the lock if nobody has it, and is woken from then on. It is held until the session ends.
    boolean tryLock() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_try_advisory_lock(" + LOCK + ")")) {
            row.next();
            if (!row.getBoolean(1)) {
                return false;
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("listen keyswitch_outbox");
        }
        return true;
    }

    /// Returns when something was committed, or after this time.
    void awaitWake(Duration atMost) throws SQLException {
        connection.unwrap(PGConnection.class).getNotifications((int) atMost.toMillis());
    }

    /// What waits, oldest first. Asks for what is not published, not for what is above a mark: a row may be committed later
    /// than one with a higher id.
    List<WaitingEvent> waiting(int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select id, event_id, account_id, topic, record_key, type, subject, at, trace_parent, data
                from outbox
                where published_at is null and parked_at is null
                order by id
                limit ?
                """)) {
            statement.setInt(1, limit);
            List<WaitingEvent> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(WaitingEvent.read(rows));
                }
            }
            return found;
        }
    }

    void published(Collection<Long> ids) throws SQLException {
        // Positions follow the clock where they can, so they go on rising when old rows are deleted, and tell nothing of other accounts.
        update("""
                update outbox o set published_at = now(), position = p.position, attempts = attempts + 1, last_error = null
                from (
                    select w.id, row_number() over (partition by w.account_id order by w.id) + greatest(
                        (extract(epoch from clock_timestamp()) * 1000000)::bigint,
                        (select coalesce(max(x.position), 0) from outbox x
                            where x.account_id = w.account_id and x.position is not null)) as position
                    from outbox w where w.id = any (?)) p
                where o.id = p.id
                """, ids);
    }

    /// Will be tried again.
    void failed(Collection<Long> ids, String error) throws SQLException {
        update("update outbox set attempts = attempts + 1, last_error = ? where id = any(?)", ids, error);
    }

    /// Can never be sent: stays in the table for an operator to see, and no longer stands in the way of others.
    void parked(long id, String error) throws SQLException {
        update(
                "update outbox set attempts = attempts + 1, parked_at = now(), last_error = ? where id = any(?)",
                List.of(id),
                error);
    }

    /// Published long ago: kept a while so that one can look what happened, but not for ever.
    int deletePublished(Duration age, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                delete from outbox where id in (
                    select id from outbox where published_at < now() - make_interval(secs => ?) limit ?)
                """)) {
            statement.setDouble(1, (double) age.toSeconds());
            statement.setInt(2, limit);
            return statement.executeUpdate();
        }
    }

    private void update(String sql, Collection<Long> ids, String... texts) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < texts.length; i++) {
                statement.setString(i + 1, texts[i]);
            }
            Array array = connection.createArrayOf("bigint", ids.toArray());
            statement.setArray(texts.length + 1, array);
            statement.executeUpdate();
        }
    }

    /// Ends the session from another thread; whatever runs on it fails at once.
    void abort() throws SQLException {
        connection.abort(Runnable::run);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
