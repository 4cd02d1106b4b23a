package dev.keyswitch.api.outbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event the relay has yet to publish.
record WaitingEvent(
        long id,
        UUID eventId,
        UUID accountId,
        String topic,
        String recordKey,
        String type,
        String subject,
        Instant at,
        @Nullable String traceParent,
        String data) {

    static WaitingEvent read(ResultSet row) throws SQLException {
        return new WaitingEvent(
                row.getLong("id"),
                row.getObject("event_id", UUID.class),
                row.getObject("account_id", UUID.class),
                row.getString("topic"),
                row.getString("record_key"),
                row.getString("type"),
                row.getString("subject"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("trace_parent"),
                row.getString("data"));
    }
}
