package dev.keyswitch.api.audit;

import dev.keyswitch.api.Id;
import dev.keyswitch.api.http.QueryParameters;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which changes a list is about. Null fields filter nothing.
///
/// @param actor id or name of a credential, or `system`
/// @param from the earliest time that belongs to it
/// @param to the earliest time that no longer belongs to it
record AuditFilter(
        @Nullable UUID token,
        @Nullable UUID model,
        @Nullable String actor,
        @Nullable String action,
        @Nullable Instant from,
        @Nullable Instant to) {

    private static final Pattern TIME = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,18}Z");

    static AuditFilter of(QueryParameters query) {
        return new AuditFilter(
                query.id("tokenId"),
                query.id("modelId"),
                query.text("actor", 120),
                query.text("action", 60),
                time(query, "from"),
                time(query, "to"));
    }

    /// Null if the actor is given by its name.
    @Nullable
    UUID actorId() {
        return actor != null && Id.isWritten(actor) ? UUID.fromString(actor) : null;
    }

    private static @Nullable Instant time(QueryParameters query, String name) {
        String text = query.text(name, 40);
        if (text == null) {
            return null;
        }
        try {
            if (TIME.matcher(text).matches()) {
                return Instant.parse(text);
            }
        } catch (DateTimeParseException _) {
            // refused below, as what does not even look like one
        }
        throw QueryParameters.refused(name, "must be a time like 2026-11-23T12:00:00Z");
    }
}
