package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.http.Cursor;
import dev.keyswitch.api.http.QueryParameters;
import dev.keyswitch.api.http.Sort;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.value.Page;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Lists evaluation keys from the newest to the oldest. A page is cut by place: it costs the same wherever it is, and new keys
/// shift nothing.
@Singleton
final class EvaluationKeyList {

    private final TransactionOperations<Connection> transactions;
    private final JdbcOperations jdbc;

    EvaluationKeyList(TransactionOperations<Connection> transactions, JdbcOperations jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /// Null fields filter nothing.
    record Filter(
            @Nullable EvaluationKeyState state, @Nullable UUID token, @Nullable UUID model, @Nullable UUID holder) {

        static Filter of(QueryParameters query) {
            return new Filter(
                    query.choice("state", EvaluationKeyState.class),
                    query.id("tokenId"),
                    query.id("modelId"),
                    query.id("holderId"));
        }
    }

    Page<EvaluationKey> page(Scope scope, Filter filter, int limit, @Nullable Cursor cursor) {
        if (cursor != null && cursor.sort() != Sort.CREATED_AT_DESCENDING) {
            throw QueryParameters.refused("cursor", "belongs to another list");
        }
        List<EvaluationKeyRow> rows =
                read(new Conditions(scope, filter, cursor == null ? null : cursor.id()), limit + 1);
        List<EvaluationKeyRow> page = rows.subList(0, Math.min(limit, rows.size()));
        String next = rows.size() > limit
                ? new Cursor(Sort.CREATED_AT_DESCENDING, 0, page.getLast().id().value(), "").toString()
                : null;
        return new Page<>(page.stream().map(EvaluationKeyRow::toContract).toList(), next);
    }

    private List<EvaluationKeyRow> read(Conditions conditions, int limit) {
        String sql = "select * from evaluation_key where " + conditions.sql() + " order by id desc limit " + limit;
        return transactions.executeRead(status -> jdbc.prepareStatement(sql, statement -> {
            for (int i = 0; i < conditions.values.size(); i++) {
                statement.setObject(i + 1, conditions.values.get(i));
            }
            try (ResultSet found = statement.executeQuery();
                    Stream<EvaluationKeyRow> rows = jdbc.entityStream(found, EvaluationKeyRow.class)) {
                return rows.toList();
            }
        }));
    }

    /// Only those that are asked for: the planner must see which index serves them.
    private static final class Conditions {

        private final List<String> conditions = new ArrayList<>();
        private final List<Object> values = new ArrayList<>();

        private Conditions(Scope scope, Filter filter, @Nullable UUID before) {
            and("account_id = ?", scope.account().value());
            and("holder_id = ?", scope.holder() == null ? null : scope.holder().value());
            and("holder_id = ?", filter.holder());
            and("token_id = ?", filter.token());
            and("model_id = ?", filter.model());
            and("state = ?", filter.state() == null ? null : filter.state().name());
            and("id < ?", before);
        }

        private void and(String condition, @Nullable Object value) {
            if (value != null) {
                conditions.add(condition);
                values.add(value);
            }
        }

        private String sql() {
            return String.join(" and ", conditions);
        }
    }
}
