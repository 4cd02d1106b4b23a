package dev.keyswitch.api.events;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event as it stands in the outbox, published.
///
/// @param position among those of its account; only rises
/// @param data JSON
record PublishedEvent(
        long position, UUID id, String type, String subject, Instant at, @Nullable String traceParent, String data) {}
