package dev.keyswitch.console.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of a list, with everything that its address says.
///
/// @param sort empty: the API's own order
/// @param first address of the first page; null if this is it
/// @param next address of the next page; null on the last
/// @param live address of the events of this very page; null if it has none
public record Listing<T>(
        List<T> rows,
        String path,
        String q,
        String filter,
        String sort,
        @Nullable String first,
        @Nullable String next,
        @Nullable String live) {

    public Listing {
        rows = List.copyOf(rows);
    }

    /// Whether nothing narrows the list, so that an empty one means there is nothing at all.
    public boolean everything() {
        return q.isEmpty() && filter.isEmpty() && first == null;
    }

    /// The address of this list in another order; a second press reverses it.
    public String sortedBy(String field) {
        return Address.of(path)
                .with("q", q)
                .with("show", filter)
                .with("sort", sort.equals(field) ? "-" + field : field)
                .toString();
    }

    /// `ascending`, `descending` or `none`, as `aria-sort` has it.
    public String order(String field) {
        if (sort.equals(field)) {
            return "ascending";
        }
        return sort.equals("-" + field) ? "descending" : "none";
    }

    /// The address of this list with another filter.
    public String showing(String other) {
        return Address.of(path).with("q", q).with("show", other).with("sort", sort).toString();
    }
}
