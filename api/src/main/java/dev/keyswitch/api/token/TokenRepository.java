package dev.keyswitch.api.token;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
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

    /// Writes down what people say about the token.
    default void say(TokenRow row) {
        TokenRow.Words words = row.words();
        say(
                row.id(),
                words.name(),
                words.note(),
                words.status().name(),
                words.custody().name(),
                words.holder(),
                words.expiresAt(),
                words.expiryTold().name(),
                row.version());
    }

    @Query("""
            update token
            set name = :name, note = :note, status = :status, custody = :custody, holder_id = :holderId,
                expires_at = :expiresAt, expiry_told = :expiryTold, version = :version
            where id = :id
            """)
    int say(
            TokenId id,
            String name,
            String note,
            String status,
            String custody,
            HolderId holderId,
            Instant expiresAt,
            String expiryTold,
            long version);

    /// Gives the token another value. The one before goes on working until a time; one that had been rolled away earlier
    /// does not.
    @Query("""
            update token
            set previous_value_hash = case when cast(:until as timestamptz) is null then null else value_hash end,
                previous_value_until = :until, value_hash = :hash, value_hint = :hint, version = version + 1
            where id = :id
            """)
    int roll(TokenId id, byte[] hash, String hint, @Nullable Instant until);

    /// Tokens whose end comes near and of which nothing is said yet, locked.
    @Query("""
            select * from token
            where deleted_at is null and expiry_told = 'NOTHING' and expires_at <= :before
            order by expires_at
            limit :limit
            for update skip locked
            """)
    List<TokenRow> lockExpiring(Instant before, int limit);

    /// Tokens whose end is over and not said to be, locked.
    @Query("""
            select * from token
            where deleted_at is null and expiry_told <> 'EXPIRED' and expires_at <= :now
            order by expires_at
            limit :limit
            for update skip locked
            """)
    List<TokenRow> lockExpired(Instant now, int limit);

    @Query("update token set expiry_told = :told where id = :id")
    int told(TokenId id, String told);

    /// Forgets the value: nothing that is presented later can be this token.
    @Query("""
            update token
            set deleted_at = :now, value_hash = null, previous_value_hash = null, previous_value_until = null,
                version = version + 1
            where id = :id
            """)
    int delete(TokenId id, Instant now);
}
