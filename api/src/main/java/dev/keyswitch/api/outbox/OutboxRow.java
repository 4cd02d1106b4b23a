package dev.keyswitch.api.outbox;

import dev.keyswitch.api.AccountId;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event that waits for the relay, as it is written; how it fared stands in further columns.
@MappedEntity("outbox")
record OutboxRow(
        @Id @GeneratedValue(GeneratedValue.Type.IDENTITY) @Nullable Long id,
        UUID eventId,
        AccountId accountId,
        String topic,
        String recordKey,
        String type,
        String subject,
        Instant at,
        @Nullable String traceParent,
        String data) {}
