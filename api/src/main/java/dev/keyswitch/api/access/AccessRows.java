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
        return database.execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FIND)) {
                statement.setObject(1, account);
                setValue(statement, 2, hash, now);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(row(rows)) : Optional.empty();
                }
            }
        });
    }

    /// The account of the token with this value, unless the account is suspended.
    Optional<UUID> owner(byte[] hash, Instant now) {
        return database.execute(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(OWNER)) {
                setValue(statement, 1, hash, now);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(rows.getObject(1, UUID.class)) : Optional.empty();
                }
            }
        });
    }

    private static void setValue(PreparedStatement statement, int first, byte[] hash, Instant now) throws SQLException {
        statement.setBytes(first, hash);
        statement.setBytes(first + 1, hash);
        statement.setObject(first + 2, now.atOffset(ZoneOffset.UTC));
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
