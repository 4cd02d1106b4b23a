package dev.keyswitch.sdk;

import dev.keyswitch.contract.model.ModelStatus;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which models to list. Begin with [#everything] and narrow it: `ModelQuery.everything().q("fraud")`.
///
/// @param ids only these, 1 to 100; those that are not there are not answered
/// @param q part of the name, in any case
/// @param sort `name`, `-name`, `createdAt` or `-createdAt`
/// @param limit items per page, 1 to 200; the server's default is 50
/// @param cursor where the page begins; from the page before
public record ModelQuery(
        @Nullable List<UUID> ids,
        @Nullable String q,
        @Nullable ModelStatus status,
        @Nullable String sort,
        @Nullable Integer limit,
        @Nullable String cursor) {

    public ModelQuery {
        ids = ids == null ? null : List.copyOf(ids);
        if (ids != null && ids.isEmpty()) {
            throw new IllegalArgumentException("without an id there is nothing to list");
        }
    }

    public static ModelQuery everything() {
        return new ModelQuery(null, null, null, null, null, null);
    }

    public ModelQuery ids(@Nullable List<UUID> these) {
        return new ModelQuery(these, q, status, sort, limit, cursor);
    }

    public ModelQuery q(@Nullable String part) {
        return new ModelQuery(ids, part, status, sort, limit, cursor);
    }

    public ModelQuery status(@Nullable ModelStatus wanted) {
        return new ModelQuery(ids, q, wanted, sort, limit, cursor);
    }

    public ModelQuery sort(@Nullable String order) {
        return new ModelQuery(ids, q, status, order, limit, cursor);
    }

    public ModelQuery limit(@Nullable Integer perPage) {
        return new ModelQuery(ids, q, status, sort, perPage, cursor);
    }

    public ModelQuery cursor(@Nullable String from) {
        return new ModelQuery(ids, q, status, sort, limit, from);
    }

    String target() {
        return Target.of("/v1/models")
                .with("id", ids)
                .with("q", q)
                .with("status", status)
                .with("sort", sort)
                .with("limit", limit)
                .with("cursor", cursor)
                .toString();
    }
}
