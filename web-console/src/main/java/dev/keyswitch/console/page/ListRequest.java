package dev.keyswitch.console.page;

import dev.keyswitch.console.session.Ids;
import io.micronaut.http.HttpRequest;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the address of a list asks for.
///
/// @param q part of a name
/// @param filters those that are given, by name of their parameter
/// @param sort empty: the API's own order
/// @param cursor null: the first page
public record ListRequest(
        String path, String q, SortedMap<String, String> filters, String sort, @Nullable String cursor) {

    private static final List<String> ORDERS = List.of("name", "-name", "createdAt", "-createdAt");
    private static final int LONGEST_Q = 120;

    public ListRequest {
        filters = Collections.unmodifiableSortedMap(new TreeMap<>(filters));
    }

    /// Values that no list knows are left out, so that an old or mistyped address still shows something.
    ///
    /// @param filters by name of their parameter, and which values they may have
    public static ListRequest of(HttpRequest<?> request, Map<String, Predicate<String>> filters) {
        return of(request.getPath(), name -> request.getParameters().getFirst(name), filters);
    }

    static ListRequest of(
            String path, Function<String, Optional<String>> query, Map<String, Predicate<String>> filters) {
        String q = query.apply("q").orElse("").strip();
        String sort = query.apply("sort").filter(ORDERS::contains).orElse("");
        String cursor = query.apply("cursor").filter(text -> !text.isBlank()).orElse(null);
        SortedMap<String, String> given = new TreeMap<>();
        filters.forEach((name, known) -> query.apply(name)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .filter(known)
                .ifPresent(text -> given.put(name, text)));
        return new ListRequest(path, q.substring(0, Math.min(q.length(), LONGEST_Q)), given, sort, cursor);
    }

    /// Values of a filter: these.
    public static Predicate<String> oneOf(String... values) {
        return List.of(values)::contains;
    }

    /// Values of a filter: all of these.
    public static <E extends Enum<E>> Predicate<String> oneOf(Class<E> values) {
        return EnumSet.allOf(values).stream().map(Enum::name).collect(Collectors.toSet())::contains;
    }

    /// Values of a filter: ids.
    public static Predicate<String> anId() {
        return text -> Ids.read(text).isPresent();
    }

    /// This request with a further filter.
    public ListRequest with(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(filters);
        more.put(name, value);
        return new ListRequest(path, q, more, sort, cursor);
    }

    public @Nullable String qOrNull() {
        return q.isEmpty() ? null : q;
    }

    public @Nullable String sortOrNull() {
        return sort.isEmpty() ? null : sort;
    }

    /// A filter's value; null if it is not given.
    public @Nullable String filter(String name) {
        return filters.get(name);
    }

    /// A filter's value as an id; null if it is not given.
    public @Nullable UUID idOf(String name) {
        String text = filter(name);
        return text == null ? null : UUID.fromString(text);
    }

    /// The list that answers this request.
    ///
    /// @param livePath where the events of this list are; null if it has none
    public <T> Listing<T> listing(List<T> rows, @Nullable String nextCursor, @Nullable String livePath) {
        return new Listing<>(
                rows,
                path,
                q,
                filters,
                sort,
                cursor == null ? null : address(path, null),
                nextCursor == null ? null : address(path, nextCursor),
                livePath == null ? null : address(livePath, cursor));
    }

    /// This request at another path.
    public String address(String where, @Nullable String from) {
        return Address.of(where)
                .with("q", q)
                .with(filters)
                .with("sort", sort)
                .with("cursor", from)
                .toString();
    }
}
