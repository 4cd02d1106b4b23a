package dev.keyswitch.api.events;

import dev.keyswitch.api.AccountId;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.ReadOnly;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Reads what the relay has published. Positions of an account become visible in their order, so whoever reads on from the last one
/// it saw misses nothing.
@Singleton
class PublishedEvents {

    private final JdbcOperations database;

    PublishedEvents(JdbcOperations database) {
        this.database = database;
    }

    /// The latest position of each account, 0 if it has none.
    @ReadOnly
    Map<AccountId, Long> latest(Collection<AccountId> accounts) {
        String sql = """
                select a.id, coalesce((
                    select max(o.position) from outbox o where o.account_id = a.id and o.position is not null), 0)
                from unnest(?) as a (id)
                """;
        return database.prepareStatement(sql, statement -> {
            statement.setArray(
                    1, statement.getConnection().createArrayOf("uuid", accounts.stream().map(AccountId::value).toArray()));
            Map<AccountId, Long> found = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.put(new AccountId(rows.getObject(1, UUID.class)), rows.getLong(2));
                }
            }
            return found;
        });
    }

    /// Whether one can go on from here without missing anything: as long as the event there is kept, so are all after it.
    @ReadOnly
    boolean isKept(AccountId account, long position) {
        return database.prepareStatement("select 1 from outbox where account_id = ? and position = ?", statement -> {
            statement.setObject(1, account.value());
            statement.setLong(2, position);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        });
    }

    /// Those after one position, up to and including another, in order.
    @ReadOnly
    List<PublishedEvent> between(AccountId account, EventFilter filter, long after, long upTo, int limit) {
        String sql = "select position, event_id, type, subject, at, trace_parent, data from outbox"
                + " where account_id = ? and position > ? and position <= ?"
                + (filter.types().isEmpty() ? "" : " and type = any (?)")
                + (filter.subject() == null ? "" : " and subject = ?")
                + " order by position limit " + limit;
        return database.prepareStatement(sql, statement -> {
            bind(statement, account, filter, after, upTo);
            List<PublishedEvent> events = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    events.add(read(rows));
                }
            }
            return events;
        });
    }

    private static void bind(PreparedStatement statement, AccountId account, EventFilter filter, long after, long upTo)
            throws SQLException {
        int i = 1;
        statement.setObject(i++, account.value());
        statement.setLong(i++, after);
        statement.setLong(i++, upTo);
        if (!filter.types().isEmpty()) {
            statement.setArray(i++, statement.getConnection().createArrayOf("text", filter.types().toArray()));
        }
        if (filter.subject() != null) {
            statement.setString(i, filter.subject().toString());
        }
    }

    private static PublishedEvent read(ResultSet row) throws SQLException {
        return new PublishedEvent(
                row.getLong("position"),
                row.getObject("event_id", UUID.class),
                row.getString("type"),
                row.getString("subject"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("trace_parent"),
                row.getString("data"));
    }
}
