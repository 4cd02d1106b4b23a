package dev.keyswitch.api.token;

import dev.keyswitch.api.http.Cursor;
import dev.keyswitch.api.http.NamedList;
import dev.keyswitch.api.http.Sort;
import dev.keyswitch.contract.value.Page;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds tokens by any part of their name, at a cost that does not depend on which part it is or on how many tokens there are.
///
/// First come the names that begin with the text: a range of an index. For those that merely contain it, there is one way
/// for each case (docs/decisions/0020):
///
/// 1. Walk all names in order, a bounded number of them. Common texts are found at once.
/// 2. If that finds too few, walk as many in an order that has nothing to do with names. What is common but sits close
///    together, as numbers do, is found there; how many are found says whether it is worth while to walk on.
/// 3. If that finds too few, the text is rare: an index of all short parts of names finds all of them.
///
/// The cursor remembers the way, so that a later page goes on as the first one began.
final class TokenSearch {

    private static final int FIRST_WALK = 1000;
    private static final int LATER_WALK = 10_000;
    private static final int SAMPLE = 3000;

    private static final int BEGINNING = 0;
    private static final int IN_ORDER = 1;
    private static final int SHUFFLED = 2;
    private static final int RARE = 3;

    private final JdbcOperations database;
    private final Condition base;
    private final Condition rest;
    private final NamedList.Cut cut;
    private final String text;

    /// SQL that holds for a row, and its values.
    record Condition(List<String> sql, List<Object> values) {

        Condition() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        Condition and(String condition, Object... more) {
            sql.add(condition);
            values.addAll(List.of(more));
            return this;
        }

        String text() {
            return sql.isEmpty() ? "true" : String.join(" and ", sql);
        }

        Condition copy() {
            return new Condition(new ArrayList<>(sql), new ArrayList<>(values));
        }
    }

    /// Where a page ended.
    private record Place(int way, UUID id, String name) {}

    /// @param base what an index serves
    /// @param rest what is looked at row by row
    /// @param cut with a search, ordered by name
    TokenSearch(JdbcOperations database, Condition base, Condition rest, NamedList.Cut cut, String text) {
        this.database = database;
        this.base = base;
        this.rest = rest;
        this.cut = cut;
        this.text = text;
    }

    /// A page may be shorter than asked for although more follow, where the next ones are far away.
    Page<TokenRow> read() {
        Cursor from = cut.cursor();
        Place place = from == null ? null : new Place(from.rank(), from.id(), from.name());
        List<TokenRow> beginning =
                place == null || place.way() == BEGINNING ? beginning(place, cut.limit() + 1) : List.of();
        if (beginning.size() > cut.limit()) {
            return page(beginning, BEGINNING);
        }
        int wanted = cut.limit() + 1 - beginning.size();
        return place == null || place.way() == BEGINNING ? containing(beginning, wanted) : goOn(place, wanted);
    }

    private Page<TokenRow> containing(List<TokenRow> beginning, int wanted) {
        List<TokenRow> found = walk(null, FIRST_WALK, wanted);
        if (found.size() == wanted || boundary(null, FIRST_WALK) == null) {
            return page(beginning, found, IN_ORDER);
        }
        found = sample(null, SAMPLE, wanted);
        if (found.size() < wanted && found.size() * LATER_WALK >= wanted * SAMPLE) {
            found = sample(null, LATER_WALK, wanted);
        }
        return found.size() == wanted ? page(beginning, found, SHUFFLED) : page(beginning, rare(null, wanted), RARE);
    }

    private Page<TokenRow> goOn(Place place, int wanted) {
        List<TokenRow> found =
                switch (place.way()) {
                    case SHUFFLED -> sample(place, LATER_WALK, wanted);
                    case RARE -> rare(place, wanted);
                    default -> walk(place, LATER_WALK, wanted);
                };
        if (found.size() == wanted || place.way() == RARE) {
            return page(found, place.way());
        }
        Place end = boundary(place, LATER_WALK);
        return new Page<>(found, end == null ? null : cursor(end));
    }

    private Page<TokenRow> page(List<TokenRow> beginning, List<TokenRow> containing, int way) {
        boolean full = beginning.size() == cut.limit();
        return page(Stream.concat(beginning.stream(), containing.stream()).toList(), full ? BEGINNING : way);
    }

    private Page<TokenRow> page(List<TokenRow> found, int way) {
        if (found.size() <= cut.limit()) {
            return new Page<>(found, null);
        }
        TokenRow last = found.get(cut.limit() - 1);
        return new Page<>(found.subList(0, cut.limit()), cursor(new Place(way, last.uuid(), last.name())));
    }

    private String cursor(Place place) {
        return new Cursor(cut.sort(), place.way(), place.id(), place.name()).toString();
    }

    private List<TokenRow> beginning(@Nullable Place from, int limit) {
        Condition all = base.copy().and("lower(name) collate \"C\" like lower(?)", escaped() + "%");
        after(all, from);
        add(all, rest);
        return rows("select * from token where " + all.text() + order() + " limit " + limit, all.values());
    }

    private List<TokenRow> walk(@Nullable Place from, int budget, int limit) {
        Condition walked = base.copy();
        after(walked, from);
        return within(walked, order() + " limit " + budget, limit);
    }

    private List<TokenRow> sample(@Nullable Place from, int budget, int limit) {
        Condition walked = base.copy();
        if (from != null) {
            walked.and("(uuid_hash(id), id) > (uuid_hash(?), ?)", from.id(), from.id());
        }
        return within(walked, " order by uuid_hash(id), id limit " + budget, limit);
    }

    /// Reads names from the index alone, and rows only of those that have the text. They come in the order of the walk.
    private List<TokenRow> within(Condition walked, String budget, int limit) {
        Condition named = new Condition();
        contains(named);
        Condition wanted = new Condition().and("token.id = found.id");
        add(wanted, rest);
        List<Object> values = new ArrayList<>(walked.values());
        values.addAll(named.values());
        values.addAll(wanted.values());
        // Without the fence a planner might join in another way, which keeps no order.
        return rows(
                "select token.* from (select id from (select id, name from token where " + walked.text() + budget + ") walked where "
                        + named.text() + ") found cross join lateral (select * from token where " + wanted.text()
                        + " offset 0) token limit " + limit,
                values);
    }

    private List<TokenRow> rare(@Nullable Place from, int limit) {
        Condition all = base.copy().and("name_grams(lower(name)) @> cast(? as text[])", grams());
        contains(all);
        after(all, from);
        add(all, rest);
        // Without the fence a planner that expects many would walk all names in order.
        return rows(
                "select * from (select * from token where " + all.text() + " offset 0) token" + order() + " limit " + limit,
                all.values());
    }

    /// The last place that a walk of this length looks at; null if it looks at all there is.
    private @Nullable Place boundary(@Nullable Place from, int budget) {
        Condition walked = base.copy();
        boolean shuffled = false;
        if (from != null && from.way() == SHUFFLED) {
            shuffled = true;
            walked.and("(uuid_hash(id), id) > (uuid_hash(?), ?)", from.id(), from.id());
        } else {
            after(walked, from);
        }
        String order = shuffled ? " order by uuid_hash(id), id" : order();
        int way = shuffled ? SHUFFLED : IN_ORDER;
        return this.<Optional<Place>>query(
                        "select id, name from token where " + walked.text() + order + " offset " + (budget - 1) + " limit 1",
                        walked.values(),
                        found -> found.next()
                                ? Optional.of(new Place(way, found.getObject(1, UUID.class), found.getString(2)))
                                : Optional.empty())
                .orElse(null);
    }

    private void contains(Condition condition) {
        condition.and(
                "lower(name) like lower(?) and lower(name) not like lower(?)", "%" + escaped() + "%", escaped() + "%");
    }

    private void after(Condition condition, @Nullable Place from) {
        if (from != null) {
            condition.and(
                    "(lower(name) collate \"C\", id) " + (isDescending() ? "<" : ">") + " (lower(?) collate \"C\", ?)",
                    from.name(),
                    from.id());
        }
    }

    private static void add(Condition condition, Condition more) {
        condition.sql().addAll(more.sql());
        condition.values().addAll(more.values());
    }

    private String order() {
        String direction = isDescending() ? " desc" : "";
        return " order by lower(name) collate \"C\"" + direction + ", id" + direction;
    }

    private boolean isDescending() {
        return cut.sort() == Sort.NAME_DESCENDING;
    }

    private String escaped() {
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    /// The parts of the text that every name with it has: those of three characters, or the text itself if it is shorter.
    private String grams() {
        return database.prepareStatement("""
                select cast(array(
                    select g from unnest(name_grams(lower(?))) g where length(g) = least(3, length(lower(?)))) as text)
                """, statement -> {
            statement.setString(1, text);
            statement.setString(2, text);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        });
    }

    private List<TokenRow> rows(String sql, List<Object> values) {
        return query(sql, values, found -> {
            try (Stream<TokenRow> rows = database.entityStream(found, TokenRow.class)) {
                return rows.toList();
            }
        });
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(ResultSet found) throws SQLException;
    }

    private <T> T query(String sql, List<Object> values, Reader<T> reader) {
        return database.prepareStatement(sql, statement -> {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            try (ResultSet found = statement.executeQuery()) {
                return reader.read(found);
            }
        });
    }
}
