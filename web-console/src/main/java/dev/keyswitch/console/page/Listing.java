package dev.keyswitch.console.page;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One page of a list, with everything that its address says.
///
/// @param filters those that are given, by name of their parameter
/// @param sort empty: the API's own order
/// @param first address of the first page; null if this is it
/// @param next address of the next page; null on the last
/// @param live address of the events of this very page; null if it has none
public record Listing<T>(
        List<T> rows,
        String path,
        String q,
        SortedMap<String, String> filters,
        String sort,
        @Nullable String first,
        @Nullable String next,
        @Nullable String live) {

    public Listing {
        rows = List.copyOf(rows);
        filters = Collections.unmodifiableSortedMap(new TreeMap<>(filters));
    }

    /// Whether nothing narrows the list, so that an empty one means there is nothing at all.
    public boolean everything() {
        return q.isEmpty() && filters.isEmpty() && first == null;
    }

    /// A filter's value; empty if it is not given.
    public String filter(String name) {
        return filters.getOrDefault(name, "");
    }

    public boolean is(String name, String value) {
        return filter(name).equals(value);
    }

    /// The address of this list in another order; a second press reverses it.
    public String sortedBy(String field) {
        return address(filters, sort.equals(field) ? "-" + field : field);
    }

    /// `ascending`, `descending` or `none`, as `aria-sort` has it.
    public String order(String field) {
        if (sort.equals(field)) {
            return "ascending";
        }
        return sort.equals("-" + field) ? "descending" : "none";
    }

    /// The address of this list with another value of one filter; empty: without it.
    public String with(String name, String value) {
        SortedMap<String, String> others = new TreeMap<>(filters);
        others.put(name, value);
        return address(others, sort);
    }

    private String address(SortedMap<String, String> others, String order) {
        return Address.of(path).with("q", q).with(others).with("sort", order).toString();
    }
}
