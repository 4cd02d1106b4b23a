package dev.keyswitch.api.token;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rows of tokens. Deleted ones are found by none of these.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface TokenRepository extends GenericRepository<TokenRow, TokenId> {

    void save(TokenRow row);

    @Query("select * from token where id = :id and account_id = :accountId and deleted_at is null")
    Optional<TokenRow> find(TokenId id, AccountId accountId);

    /// Whoever changes a token, its assignment or its evaluation keys holds this lock: the first one, before those of models
    /// and keys. It also keeps a token's events in commit order.
    @Query("select * from token where id = :id and account_id = :accountId and deleted_at is null for update")
    Optional<TokenRow> lock(TokenId id, AccountId accountId);

    /// Writes down where the token belongs and where it is about to go.
    default void place(TokenRow row) {
        place(
                row.id(),
                row.modelId(),
                row.generation(),
                row.activeGeneration(),
                row.pendingModelId(),
                row.pendingGeneration(),
                row.pendingSince(),
                row.version());
    }

    @Query("""
            update token
            set model_id = :modelId, generation = :generation, active_generation = :activeGeneration,
                pending_model_id = :pendingModelId, pending_generation = :pendingGeneration, pending_since = :pendingSince,
                version = :version
            where id = :id
            """)
    int place(
            TokenId id,
            @Nullable ModelId modelId,
            long generation,
            @Nullable Long activeGeneration,
            @Nullable ModelId pendingModelId,
            @Nullable Long pendingGeneration,
            @Nullable Instant pendingSince,
            long version);

    /// The key of this generation is in force now. No change by people: the version stays.
    @Query("update token set active_generation = :generation where id = :id")
    int activate(TokenId id, long generation);

    /// Forgets the value: nothing that is presented later can be this token.
    @Query("""
            update token
            set deleted_at = :now, value_hash = null, previous_value_hash = null, previous_value_until = null,
                version = version + 1
            where id = :id
            """)
    int delete(TokenId id, Instant now);
}
