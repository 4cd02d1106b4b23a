package dev.keyswitch.api.outbox;

import dev.keyswitch.contract.event.Topics;
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

    /// Whether it is for the access topic. Such records carry a revision of their own and no position.
    boolean isAccess() {
        return Topics.isAccess(topic);
    }

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
