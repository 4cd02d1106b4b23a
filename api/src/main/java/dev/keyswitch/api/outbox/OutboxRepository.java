package dev.keyswitch.api.outbox;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface OutboxRepository extends GenericRepository<OutboxRow, Long> {

    OutboxRow save(OutboxRow row);

    /// In a transaction of its own, which need not be on disk before it is heard of.
    @Query("select set_config('synchronous_commit', 'off', true), pg_notify('keyswitch_outbox', '')")
    String wakeRelay();
}
