package dev.keyswitch.console.page;

import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the address of a list asks for.
///
/// @param q part of a name
/// @param show a filter; empty: everything
/// @param sort empty: the API's own order
/// @param cursor null: the first page
public record ListRequest(String path, String q, String show, String sort, @Nullable String cursor) {

    private static final Set<String> ORDERS = Set.of("name", "-name", "createdAt", "-createdAt");
    private static final int LONGEST_Q = 120;

    /// Values that no list knows are left out, so that an old or mistyped address still shows something.
    ///
    /// @param filters the values that `show` may have
    public static ListRequest of(HttpRequest<?> request, Set<String> filters) {
        return of(request.getPath(), name -> request.getParameters().getFirst(name), filters);
    }

    static ListRequest of(String path, Function<String, Optional<String>> query, Set<String> filters) {
        String q = query.apply("q").orElse("").strip();
        String show = query.apply("show").filter(filters::contains).orElse("");
        String sort = query.apply("sort").filter(ORDERS::contains).orElse("");
        String cursor = query.apply("cursor").filter(text -> !text.isBlank()).orElse(null);
        return new ListRequest(path, q.substring(0, Math.min(q.length(), LONGEST_Q)), show, sort, cursor);
    }

    public @Nullable String qOrNull() {
        return q.isEmpty() ? null : q;
    }

    public @Nullable String sortOrNull() {
        return sort.isEmpty() ? null : sort;
    }

    /// The list that answers this request.
    ///
    /// @param livePath where the events of this list are; null if it has none
    public <T> Listing<T> listing(List<T> rows, @Nullable String nextCursor, @Nullable String livePath) {
        return new Listing<>(
                rows,
                path,
                q,
                show,
                sort,
                cursor == null ? null : address(path, null),
                nextCursor == null ? null : address(path, nextCursor),
                livePath == null ? null : address(livePath, cursor));
    }

    private String address(String where, @Nullable String from) {
        return Address.of(where)
                .with("q", q)
                .with("show", show)
                .with("sort", sort)
                .with("cursor", from)
                .toString();
    }
}
