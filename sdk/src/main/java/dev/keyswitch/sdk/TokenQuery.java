package dev.keyswitch.sdk;

import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.token.TokenStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which tokens to list. Begin with [#everything] and narrow it: `TokenQuery.everything().assigned(false).q("ali")`.
///
/// @param ids only these, 1 to 100; those that are not there are not answered
/// @param q part of the name, in any case; names that begin with it come first
/// @param assigned true: only assigned ones; false: only those that can be assigned
/// @param expiresBefore only those that end before this time
/// @param sort `name`, `createdAt` or `expiresAt`, with a hyphen before it for the other way round
/// @param limit items per page, 1 to 200; the server's default is 50
/// @param cursor where the page begins; from the page before
public record TokenQuery(
        @Nullable List<UUID> ids,
        @Nullable String q,
        @Nullable Boolean assigned,
        @Nullable UUID modelId,
        @Nullable TokenStatus status,
        @Nullable EvaluationKeyState keyState,
        @Nullable Instant expiresBefore,
        @Nullable String sort,
        @Nullable Integer limit,
        @Nullable String cursor) {

    public TokenQuery {
        ids = ids == null ? null : List.copyOf(ids);
        if (ids != null && ids.isEmpty()) {
            throw new IllegalArgumentException("without an id there is nothing to list");
        }
    }

    public static TokenQuery everything() {
        return new TokenQuery(null, null, null, null, null, null, null, null, null, null);
    }

    public TokenQuery ids(@Nullable List<UUID> these) {
        return new TokenQuery(these, q, assigned, modelId, status, keyState, expiresBefore, sort, limit, cursor);
    }

    public TokenQuery q(@Nullable String part) {
        return new TokenQuery(ids, part, assigned, modelId, status, keyState, expiresBefore, sort, limit, cursor);
    }

    public TokenQuery assigned(@Nullable Boolean wanted) {
        return new TokenQuery(ids, q, wanted, modelId, status, keyState, expiresBefore, sort, limit, cursor);
    }

    public TokenQuery modelId(@Nullable UUID model) {
        return new TokenQuery(ids, q, assigned, model, status, keyState, expiresBefore, sort, limit, cursor);
    }

    public TokenQuery status(@Nullable TokenStatus wanted) {
        return new TokenQuery(ids, q, assigned, modelId, wanted, keyState, expiresBefore, sort, limit, cursor);
    }

    public TokenQuery keyState(@Nullable EvaluationKeyState wanted) {
        return new TokenQuery(ids, q, assigned, modelId, status, wanted, expiresBefore, sort, limit, cursor);
    }

    public TokenQuery expiresBefore(@Nullable Instant time) {
        return new TokenQuery(ids, q, assigned, modelId, status, keyState, time, sort, limit, cursor);
    }

    public TokenQuery sort(@Nullable String order) {
        return new TokenQuery(ids, q, assigned, modelId, status, keyState, expiresBefore, order, limit, cursor);
    }

    public TokenQuery limit(@Nullable Integer perPage) {
        return new TokenQuery(ids, q, assigned, modelId, status, keyState, expiresBefore, sort, perPage, cursor);
    }

    public TokenQuery cursor(@Nullable String from) {
        return new TokenQuery(ids, q, assigned, modelId, status, keyState, expiresBefore, sort, limit, from);
    }

    String target() {
        return Target.of("/v1/tokens")
                .with("id", ids)
                .with("q", q)
                .with("assigned", assigned)
                .with("modelId", modelId)
                .with("status", status)
                .with("keyState", keyState)
                .with("expiresBefore", expiresBefore)
                .with("sort", sort)
                .with("limit", limit)
                .with("cursor", cursor)
                .toString();
    }
}
