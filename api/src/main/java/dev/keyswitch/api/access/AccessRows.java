package dev.keyswitch.api.access;

import dev.keyswitch.api.EvaluationKeyId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.model.ModelStatus;
import dev.keyswitch.contract.token.TokenStatus;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import jakarta.inject.Singleton;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what decisions need, by the value of a token: the present one, or the one before within its grace. By hand, for no call is made more often,
/// and an eighth of its garbage was from mapping the row.
@Singleton
class AccessRows {

    private static final String HAS_VALUE =
            "t.deleted_at is null and (t.value_hash = ? or t.previous_value_hash = ? and t.previous_value_until > ?)";

    private static final String FIND = """
            select t.id, t.status, t.expires_at, u.used_at, t.model_id, m.status, k.id, k.generation, k.state, k.sha256
            from token t
            left join model m on m.id = t.model_id
            left join evaluation_key k
                on k.token_id = t.id and k.generation = t.active_generation and k.model_id = t.model_id
            left join token_use u on u.token_id = t.id
            where t.account_id = ? and\s""" + HAS_VALUE;

    private static final String OWNER = """
            select t.account_id from token t
            join account a on a.id = t.account_id and a.suspended_at is null
            where\s""" + HAS_VALUE;

    private final JdbcOperations database;

    AccessRows(JdbcOperations database) {
        this.database = database;
    }

    Optional<AccessRow> find(UUID account, byte[] hash, Instant now) {
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        return first(FIND, List.of(account, hash, hash, at), AccessRows::row);
    }

    /// The account of the token with this value, unless the account is suspended.
    Optional<UUID> owner(byte[] hash, Instant now) {
        OffsetDateTime at = now.atOffset(ZoneOffset.UTC);
        return first(OWNER, List.of(hash, hash, at), row -> row.getObject(1, UUID.class));
    }

    @FunctionalInterface
    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> Optional<T> first(String sql, List<Object> parameters, Reading<T> reading) {
        return database.execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.size(); i++) {
                    statement.setObject(i + 1, parameters.get(i));
                }
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(reading.of(rows)) : Optional.empty();
                }
            }
        });
    }

    private static AccessRow row(ResultSet row) throws SQLException {
        return new AccessRow(
                new TokenId(row.getObject(1, UUID.class)),
                TokenStatus.valueOf(row.getString(2)),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                optional(row.getObject(4, OffsetDateTime.class), OffsetDateTime::toInstant),
                optional(row.getObject(5, UUID.class), ModelId::new),
                optional(row.getString(6), ModelStatus::valueOf),
                optional(row.getObject(7, UUID.class), EvaluationKeyId::new),
                row.getObject(8, Long.class),
                optional(row.getString(9), EvaluationKeyState::valueOf),
                row.getString(10));
    }

    private static <T, R> @Nullable R optional(@Nullable T value, Function<T, R> as) {
        return value == null ? null : as.apply(value);
    }
}
