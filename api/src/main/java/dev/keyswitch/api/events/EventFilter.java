package dev.keyswitch.api.events;

import dev.keyswitch.api.http.QueryParameters;
import dev.keyswitch.contract.event.EventType;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which events a stream is about.
///
/// @param types empty: all
/// @param subject id of a token or a model; null: all
record EventFilter(List<String> types, @Nullable UUID subject) {

    private static final int MAX_LENGTH = 2000;

    /// `type` takes whole CloudEvents types or their middle, `token.assigned`, several with commas between them.
    static EventFilter of(QueryParameters query) {
        String types = query.text("type", MAX_LENGTH);
        return new EventFilter(
                types == null ? List.of() : Arrays.stream(types.split(",")).map(EventFilter::type).toList(), query.id("subject"));
    }

    private static String type(String text) {
        String whole = text.startsWith("dev.keyswitch.") ? text : "dev.keyswitch." + text + ".v1";
        return EventType.ofType(whole)
                .map(EventType::type)
                .orElseThrow(() -> QueryParameters.refused("type", "has a type that is not known; one is token.assigned"));
    }
}
