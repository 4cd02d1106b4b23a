package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.EvaluationKeyId;
import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.Id;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.contract.value.Page;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads evaluation keys. Lists go from the newest to the oldest; the cursor is the last id of a page, so that a page costs
/// the same wherever it is, and new keys move nothing.
@Singleton
final class EvaluationKeyQueries {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    private final EvaluationKeyRepository repository;
    private final TransactionOperations<Connection> transactions;
    private final JdbcOperations jdbc;

    EvaluationKeyQueries(
            EvaluationKeyRepository repository, TransactionOperations<Connection> transactions, JdbcOperations jdbc) {
        this.repository = repository;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    EvaluationKeyRow get(Scope scope, EvaluationKeyId id) {
        return repository
                .find(scope.account(), id, scope.holderText())
                .orElseThrow(() -> ProblemException.notFound("evaluation key"));
    }

    /// Null fields filter nothing.
    record Filter(
            @Nullable EvaluationKeyState state,
            @Nullable TokenId token,
            @Nullable ModelId model,
            @Nullable HolderId holder) {}

    Page<EvaluationKey> list(Scope scope, Filter filter, @Nullable Integer limit, @Nullable String cursor) {
        int size = size(limit);
        List<Object> parameters = new ArrayList<>();
        String sql = sql(scope, filter, cursor == null ? null : position(cursor), parameters);
        parameters.add(size + 1);
        List<EvaluationKeyRow> rows =
                transactions.executeRead(status -> jdbc.prepareStatement(sql, statement -> read(statement, parameters)));
        List<EvaluationKeyRow> page = rows.subList(0, Math.min(size, rows.size()));
        return new Page<>(
                page.stream().map(EvaluationKeyRow::toContract).toList(),
                rows.size() > size ? page.getLast().id().toString() : null);
    }

    /// Only the conditions that are asked for: the planner must see which index they need.
    private static String sql(Scope scope, Filter filter, @Nullable UUID before, List<Object> parameters) {
        StringBuilder sql = new StringBuilder("select * from evaluation_key where account_id = ?");
        parameters.add(scope.account().value());
        and(sql, parameters, "holder_id = ?", scope.holder());
        and(sql, parameters, "holder_id = ?", filter.holder());
        and(sql, parameters, "token_id = ?", filter.token());
        and(sql, parameters, "model_id = ?", filter.model());
        if (filter.state() != null) {
            sql.append(" and state = ?");
            parameters.add(filter.state().name());
        }
        if (before != null) {
            sql.append(" and id < ?");
            parameters.add(before);
        }
        return sql.append(" order by id desc limit ?").toString();
    }

    private static void and(StringBuilder sql, List<Object> parameters, String condition, @Nullable Id value) {
        if (value != null) {
            sql.append(" and ").append(condition);
            parameters.add(value.value());
        }
    }

    private List<EvaluationKeyRow> read(PreparedStatement statement, List<Object> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
        List<EvaluationKeyRow> rows = new ArrayList<>();
        try (ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                rows.add(jdbc.readEntity(found, EvaluationKeyRow.class));
            }
        }
        return rows;
    }

    private static int size(@Nullable Integer limit) {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new ProblemException(ProblemCode.MALFORMED_REQUEST, "limit must be 1 to " + MAX_LIMIT + ".");
        }
        return limit;
    }

    private static UUID position(String cursor) {
        try {
            return Id.parse(cursor);
        } catch (IllegalArgumentException _) {
            throw new ProblemException(ProblemCode.MALFORMED_REQUEST, "cursor must be the nextCursor of an earlier answer.");
        }
    }
}
