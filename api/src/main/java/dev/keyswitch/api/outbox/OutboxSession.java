package dev.keyswitch.api.outbox;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
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

    /// By the clock of the database, which is one for all nodes.
    Instant now() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select clock_timestamp()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    /// Slugs of the accounts of which no access record is parked: of the others nobody may say that all is told.
    List<String> accountsWithoutParkedAccess() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select a.slug from account a
                        where not exists (
                            select from outbox o
                            where o.account_id = a.id and o.parked_at is not null and o.topic = 'keyswitch.' || a.slug || '.access')
                        """)) {
            List<String> slugs = new ArrayList<>();
            while (rows.next()) {
                slugs.add(rows.getString(1));
            }
            return slugs;
        }
    }

    /// The values of tokens that expired a while ago are told of no more: a record without content takes their place, and both
    /// are gone some time later.
    int forgetExpiredAccess(int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                with over as (
                    delete from access_record where record_key in (
                        select record_key from access_record where valid_until < now() - interval '1 hour' limit ?
                        for update skip locked)
                    returning record_key, account_id)
                insert into outbox (event_id, account_id, topic, record_key, type, subject, at, data)
                select gen_random_uuid(), a.id, 'keyswitch.' || a.slug || '.access', o.record_key, 'dev.keyswitch.access.v1',
                    o.record_key, now(), ''
                from over o join account a on a.id = o.account_id
                """)) {
            statement.setInt(1, limit);
            return statement.executeUpdate();
        }
    }

    /// The number of the term that begins. Fails if the lock is lost, for it is the session's.
    long beginTerm() throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            // No crash may forget it: positions begin with it.
            statement.execute("set local synchronous_commit = on");
            try (ResultSet row = statement.executeQuery("update relay set term = term + 1 returning term")) {
                row.next();
                long term = row.getLong(1);
                connection.commit();
                return term;
            }
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /// What waits, oldest first. Asks for what is not published, not for what is above a mark: a row may be committed later
    /// than one with a higher id.
    ///
    /// @param without topics to leave alone
    List<WaitingEvent> waiting(int limit, Collection<String> without) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                select id, event_id, account_id, topic, record_key, type, subject, at, trace_parent, data
                from outbox
                where published_at is null and parked_at is null and topic <> all (?)
                order by id
                limit ?
                """)) {
            statement.setArray(1, connection.createArrayOf("text", without.toArray()));
            statement.setInt(2, limit);
            List<WaitingEvent> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(WaitingEvent.read(rows));
                }
            }
            return found;
        }
    }

    void published(List<PlacedEvent> events) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                update outbox o set published_at = now(), position = nullif(p.position, 0), attempts = attempts + 1, last_error = null
                from unnest(?, ?) as p (id, position)
                where o.id = p.id
                """)) {
            Object[] ids = events.stream().map(placed -> placed.event().id()).toArray();
            Object[] positions = events.stream().map(PlacedEvent::position).toArray();
            statement.setArray(1, connection.createArrayOf("bigint", ids));
            statement.setArray(2, connection.createArrayOf("bigint", positions));
            statement.executeUpdate();
        }
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
