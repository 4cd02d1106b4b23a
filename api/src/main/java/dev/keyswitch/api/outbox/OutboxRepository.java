package dev.keyswitch.api.outbox;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface OutboxRepository extends GenericRepository<OutboxRow, Long> {

    OutboxRow save(OutboxRow row);

    /// Delivered when the transaction commits, and to nobody if it does not. Many within one transaction are one.
    @Query("select pg_notify('keyswitch_outbox', '') is null")
    boolean wakeRelay();
}
