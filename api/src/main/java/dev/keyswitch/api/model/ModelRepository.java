package dev.keyswitch.api.model;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.contract.model.EncryptionProfile;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.DataType;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Rows of models. Deleted ones are found by [#names] alone.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface ModelRepository extends GenericRepository<ModelRow, ModelId> {

    String UNIQUE_NAME = "model_name";

    /// Fails on [#UNIQUE_NAME] if the account has a model of this name.
    void save(ModelRow row);

    @Query("select * from model where id = :id and account_id = :accountId and deleted_at is null")
    Optional<ModelRow> find(ModelId id, AccountId accountId);

    /// The model stays as it is until the transaction ends; others may hold it so too.
    @Query("select * from model where id = :id and account_id = :accountId and deleted_at is null for share")
    Optional<ModelRow> hold(ModelId id, AccountId accountId);

    @Query("select * from model where id = :id and account_id = :accountId and deleted_at is null for update")
    Optional<ModelRow> lock(ModelId id, AccountId accountId);

    @Query("select exists (select 1 from evaluation_key where model_id = :id and holder_id = cast(:ofHolder as uuid))")
    boolean hasKeysOf(ModelId id, String ofHolder);

    @Query("select count(*) from token where model_id = :id")
    long countTokens(ModelId id);

    /// Moves to the model that wait for their key.
    @Query("select count(*) from token where pending_model_id = :id")
    long countMoves(ModelId id);

    /// @param models ids as an array in SQL, `{…,…}`
    @Query("""
            select model_id as id, count(*) as tokens from token
            where model_id = any(cast(:models as uuid[]))
            group by model_id
            """)
    List<TokenCount> countTokens(String models);

    @Query("select id, name from model where account_id = :accountId and id = any(cast(:models as uuid[]))")
    List<ModelName> names(AccountId accountId, String models);

    default void change(ModelRow row) {
        change(
                row.id(),
                row.name(),
                row.description(),
                row.status().name(),
                row.encryptionProfile(),
                row.profileDigest(),
                row.updatedAt(),
                row.version());
    }

    /// Fails on [#UNIQUE_NAME] if another model of the account has this name.
    @Query("""
            update model
            set name = :name, description = :description, status = :status,
                encryption_profile = cast(:encryptionProfile as jsonb), profile_digest = :profileDigest, updated_at = :now, version = :version
            where id = :id
            """)
    int change(
            ModelId id,
            String name,
            String description,
            String status,
            @TypeDef(type = DataType.JSON) EncryptionProfile encryptionProfile,
            String profileDigest,
            Instant now,
            long version);

    @Query("update model set deletion_requested_at = :now where id = :id")
    int requestDeletion(ModelId id, Instant now);

    @Query("update model set deleted_at = :now, updated_at = :now, version = version + 1 where id = :id")
    int delete(ModelId id, Instant now);

    @Introspected
    record TokenCount(UUID id, long tokens) {}

    @Introspected
    record ModelName(UUID id, String name) {}
}
