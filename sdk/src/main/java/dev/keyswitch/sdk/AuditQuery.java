package dev.keyswitch.sdk;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which changes of the audit trail to list, newest first. Begin with [#everything] and narrow it.
///
/// @param actor id or name of a credential, or `system`
/// @param action for example `token.assigned`
/// @param from the earliest time that belongs to it
/// @param to the earliest time that no longer belongs to it
/// @param limit items per page, 1 to 200; the server's default is 50
/// @param cursor where the page begins; from the page before
public record AuditQuery(
        @Nullable UUID tokenId,
        @Nullable UUID modelId,
        @Nullable String actor,
        @Nullable String action,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Integer limit,
        @Nullable String cursor) {
    public static AuditQuery everything() {
        return new AuditQuery(null, null, null, null, null, null, null, null);
    }

    public AuditQuery tokenId(@Nullable UUID token) {
        return new AuditQuery(token, modelId, actor, action, from, to, limit, cursor);
    }

    public AuditQuery modelId(@Nullable UUID model) {
        return new AuditQuery(tokenId, model, actor, action, from, to, limit, cursor);
    }

    public AuditQuery actor(@Nullable String who) {
        return new AuditQuery(tokenId, modelId, who, action, from, to, limit, cursor);
    }

    public AuditQuery action(@Nullable String what) {
        return new AuditQuery(tokenId, modelId, actor, what, from, to, limit, cursor);
    }

    public AuditQuery between(@Nullable Instant earliest, @Nullable Instant end) {
        return new AuditQuery(tokenId, modelId, actor, action, earliest, end, limit, cursor);
    }

    public AuditQuery limit(@Nullable Integer perPage) {
        return new AuditQuery(tokenId, modelId, actor, action, from, to, perPage, cursor);
    }

    public AuditQuery cursor(@Nullable String place) {
        return new AuditQuery(tokenId, modelId, actor, action, from, to, limit, place);
    }

    String target() {
        return Target.of("/v1/audit")
                .with("tokenId", tokenId)
                .with("modelId", modelId)
                .with("actor", actor)
                .with("action", action)
                .with("from", from)
                .with("to", to)
                .with("limit", limit)
                .with("cursor", cursor)
                .toString();
    }
}
