package dev.keyswitch.api.http;

import dev.keyswitch.contract.value.Page;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
    private @Nullable Function<R, Instant> end;
    private final List<String> conditions = new ArrayList<>();
    private final List<@Nullable Object> parameters = new ArrayList<>();

    /// @param table with the columns of `type`, among them `id` and `name`
    public NamedList(String table, Class<R> type, Function<R, UUID> id, Function<R, String> name) {
        this.table = table;
        this.type = type;
        this.id = id;
        this.name = name;
    }

    /// Its rows have an `expires_at`, by which they can be ordered.
    public NamedList<R> expiring(Function<R, Instant> expiresAt) {
        this.end = expiresAt;
        return this;
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
        ///
        /// @param known the orders that the list can have
        public static Cut of(QueryParameters query, Set<Sort> known) {
            String search = query.text("q", 120);
            return new Cut(
                    search,
                    query.sort(search == null ? Sort.CREATED_AT_DESCENDING : Sort.NAME, known),
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
        Cursor next = new Cursor(cut.sort(), rankOfLast, id.apply(last), place(cut.sort(), last));
        return new Page<>(items, next.toString());
    }

    /// What the order looks at before the id.
    private String place(Sort sort, R row) {
        if (sort.isByExpiry()) {
            return Objects.requireNonNull(end, "the rows of this list do not end").apply(row).toString();
        }
        return sort.isByName() ? name.apply(row) : "";
    }

    /// SQL of the same; empty if the id decides alone.
    private static String column(Sort sort) {
        return sort.isByExpiry() ? "expires_at" : sort.isByName() ? "lower(name) collate \"C\"" : "";
    }

    private static Object value(Cursor from) {
        if (!from.sort().isByExpiry()) {
            return from.name();
        }
        try {
            return Timestamp.from(Instant.parse(from.name()));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw QueryParameters.refused("cursor", "must be nextCursor of the page before");
        }
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
        String column = column(cut.sort());
        if (from != null) {
            String place = cut.sort().isByName() ? "lower(?) collate \"C\"" : "?";
            where.add(column.isEmpty() ? "id " + after + " ?" : "(" + column + ", id) " + after + " (" + place + ", ?)");
            if (!column.isEmpty()) {
                values.add(value(from));
            }
            values.add(from.id());
        }
        String direction = cut.sort().isDescending() ? " desc" : "";
        String order = (column.isEmpty() ? "" : column + direction + ", ") + "id" + direction;
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
