package dev.keyswitch.sdk;

import dev.keyswitch.contract.event.EventType;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which events to follow. Begin with [#everything] and narrow it.
///
/// @param types empty: all
/// @param subject id of a token or model
/// @param after id of the last event seen; null: from now on
public record EventQuery(List<EventType> types, @Nullable UUID subject, @Nullable String after) {
    public EventQuery {
        types = List.copyOf(types);
    }

    public static EventQuery everything() {
        return new EventQuery(List.of(), null, null);
    }

    public EventQuery types(EventType... wanted) {
        return new EventQuery(List.of(wanted), subject, after);
    }

    public EventQuery subject(@Nullable UUID id) {
        return new EventQuery(types, id, after);
    }

    public EventQuery after(@Nullable String position) {
        return new EventQuery(types, subject, position);
    }

    String target() {
        return Target.of("/v1/events")
                .with("type", types.isEmpty() ? null : types.stream().map(EventType::type).collect(Collectors.joining(",")))
                .with("subject", subject)
                .toString();
    }
}
