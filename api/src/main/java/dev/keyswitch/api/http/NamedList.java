package dev.keyswitch.api.http;

import dev.keyswitch.contract.value.Page;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A list of things that have a name and an id: filtered, searched by name, ordered, page by page.
///
/// Pages are cut by place and not by number, so a late page costs what the first one does. A search answers names that
/// begin with the text before those that merely contain it; the two are two queries, because different indexes serve them.
///
/// @param <R> a row
public final class NamedList<R> {

    private final String table;
    private final Class<R> type;
    private final Function<R, UUID> id;
    private final Function<R, String> name;
    private final List<String> conditions = new ArrayList<>();
    private final List<@Nullable Object> parameters = new ArrayList<>();

    /// @param table with the columns of `type`, among them `id` and `name`
    public NamedList(String table, Class<R> type, Function<R, UUID> id, Function<R, String> name) {
        this.table = table;
        this.type = type;
        this.id = id;
        this.name = name;
    }

    /// Only rows for which this SQL holds; a `?` for each value.
    public NamedList<R> where(String condition, Object... values) {
        conditions.add(condition);
        parameters.addAll(List.of(values));
        return this;
    }

    /// Which rows of the filtered ones.
    ///
    /// @param search part of the name, in any case
    public record Cut(@Nullable String search, Sort sort, int limit, @Nullable Cursor cursor) {
        public Cut {
            if (cursor != null && cursor.sort() != sort) {
                throw QueryParameters.refused("cursor", "belongs to a list with another order");
            }
        }

        /// Takes `q`, `sort`, `limit` and `cursor`. A search is ordered by name, anything else by time, newest first, if
        /// nothing is said.
        public static Cut of(QueryParameters query) {
            String search = query.text("q", 120);
            return new Cut(
                    search,
                    query.sort(search == null ? Sort.CREATED_AT_DESCENDING : Sort.NAME),
                    query.limit(),
                    query.cursor());
        }
    }

    /// Reads one page. Must run within a transaction.
    public Page<R> read(JdbcOperations database, Cut cut) {
        int rank = cut.cursor() == null ? 0 : cut.cursor().rank();
        if (rank > 1) {
            throw QueryParameters.refused("cursor", "belongs to another list");
        }
        List<R> found = query(database, cut, rank, cut.cursor(), cut.limit() + 1);
        int rankOfLast = rank;
        if (cut.search() != null && rank == 0 && found.size() <= cut.limit()) {
            List<R> containing = query(database, cut, 1, null, cut.limit() + 1 - found.size());
            // The page ends among those that contain the text, unless it had room for none of them.
            rankOfLast = found.size() == cut.limit() ? 0 : 1;
            found = Stream.concat(found.stream(), containing.stream()).toList();
        }
        if (found.size() <= cut.limit()) {
            return new Page<>(found, null);
        }
        List<R> items = found.subList(0, cut.limit());
        R last = items.getLast();
        Cursor next = new Cursor(cut.sort(), rankOfLast, id.apply(last), cut.sort().isByName() ? name.apply(last) : "");
        return new Page<>(items, next.toString());
    }

    private List<R> query(JdbcOperations database, Cut cut, int rank, @Nullable Cursor from, int limit) {
        List<String> where = new ArrayList<>(conditions);
        List<@Nullable Object> values = new ArrayList<>(parameters);
        if (cut.search() != null) {
            String escaped = cut.search().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
            if (rank == 0) {
                where.add("lower(name) collate \"C\" like lower(?)");
                values.add(escaped + "%");
            } else {
                where.add("lower(name) like lower(?) and lower(name) not like lower(?)");
                values.add("%" + escaped + "%");
                values.add(escaped + "%");
            }
        }
        String after = cut.sort().isDescending() ? "<" : ">";
        if (from != null) {
            where.add(cut.sort().isByName() ? "(lower(name) collate \"C\", id) " + after + " (lower(?) collate \"C\", ?)" : "id " + after + " ?");
            if (cut.sort().isByName()) {
                values.add(from.name());
            }
            values.add(from.id());
        }
        String direction = cut.sort().isDescending() ? " desc" : "";
        String order = cut.sort().isByName() ? "lower(name) collate \"C\"" + direction + ", id" + direction : "id" + direction;
        String sql = "select * from " + table
                + (where.isEmpty() ? "" : " where " + String.join(" and ", where))
                + " order by " + order
                + " limit " + limit;
        return database.prepareStatement(sql, statement -> {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            try (var rows = statement.executeQuery();
                    Stream<R> read = database.entityStream(rows, type)) {
                return read.toList();
            }
        });
    }
}
