package dev.keyswitch.api.health;

import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;

/// Counts what waits in the outbox.
@Singleton
public class OutboxBacklog {

    /// @param waiting at most 10,000
    /// @param oldestSeconds how long the oldest has been waiting; 0 if none is
    public record Backlog(long waiting, long parked, long oldestSeconds) {}

    private final JdbcOperations database;

    OutboxBacklog(JdbcOperations database) {
        this.database = database;
    }

    @Transactional(readOnly = true)
    public Backlog read() {
        String sql = """
                select count(*), coalesce(extract(epoch from now() - min(at)), 0)::bigint,
                    (select count(*) from outbox where parked_at is not null)
                from (select at from outbox where published_at is null and parked_at is null order by id limit 10000) w
                """;
        return database.prepareStatement(sql, statement -> {
            try (var rows = statement.executeQuery()) {
                rows.next();
                return new Backlog(rows.getLong(1), rows.getLong(3), Math.max(0, rows.getLong(2)));
            }
        });
    }
}
