package dev.keyswitch.contract.event;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event as server-sent events carry it: a CloudEvent in its JSON form.
///
/// @param id the same however often it arrives
/// @param type see [EventType]; a newer server may send others
/// @param subject id of the token or model
/// @param traceparent W3C trace context of the request that caused it
public record FollowedEvent(
        UUID id,
        String source,
        String type,
        String subject,
        Instant time,
        @Nullable String traceparent,
        Map<String, Object> data) {}
