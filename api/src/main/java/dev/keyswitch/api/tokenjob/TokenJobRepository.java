package dev.keyswitch.api.tokenjob;

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
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface TokenJobRepository extends GenericRepository<TokenJobRow, UUID> {

    void save(TokenJobRow row);

    /// A job that is due and that nobody works on, locked.
    @Query("""
            select * from token_job
            where finished_at is null and next_attempt_at <= :now
            order by next_attempt_at
            limit 1
            for update skip locked
            """)
    Optional<TokenJobRow> lockNext(Instant now);

    /// @param models ids as an array in SQL, `{…,…}`
    @Query("""
            select distinct on (model_id) * from token_job
            where finished_at is null and model_id = any(cast(:models as uuid[]))
            order by model_id, requested_at desc, id desc
            """)
    List<TokenJobRow> openOfModels(String models);

    /// @param holders ids as an array in SQL, `{…,…}`
    @Query("""
            select distinct on (holder_id) * from token_job
            where finished_at is null and holder_id = any(cast(:holders as uuid[]))
            order by holder_id, requested_at desc, id desc
            """)
    List<TokenJobRow> openOfHolders(String holders);

    /// Tokens that are assigned to the model, or about to move to it.
    @Query("""
            (select id from token where model_id = :modelId and id > :afterToken order by id limit :limit)
            union
            (select id from token where pending_model_id = :modelId and id > :afterToken order by id limit :limit)
            order by id limit :limit
            """)
    List<UUID> tokens(ModelId modelId, TokenId afterToken, int limit);

    /// Assigned tokens of the key holder.
    @Query("""
            select id from token
            where holder_id = :holderId and model_id is not null and id > :afterToken
            order by id limit :limit
            """)
    List<UUID> tokens(HolderId holderId, TokenId afterToken, int limit);

    @Query("""
            select (select count(*) from token where model_id = :modelId)
                + (select count(*) from token where pending_model_id = :modelId)
            """)
    long countTokens(ModelId modelId);

    @Query("select count(*) from token where holder_id = :holderId and model_id is not null")
    long countTokens(HolderId holderId);

    /// How many keys wait for workers of the key holder or are being made by them; counts no further than `limit`.
    @Query("""
            select count(*) from (
                select from evaluation_key
                where holder_id = :holderId and custody = 'AGENT' and state in ('REQUESTED', 'GENERATING')
                limit :limit) waiting
            """)
    int countWaitingKeys(HolderId holderId, int limit);

    @Query("""
            update token_job
            set after_token = :afterToken, done = done + :more, attempts = 0, last_error = null, next_attempt_at = :now
            where id = :id
            """)
    int advance(UUID id, TokenId afterToken, long more, Instant now);

    @Query("update token_job set next_attempt_at = :next where id = :id")
    int postpone(UUID id, Instant next);

    @Query("update token_job set attempts = attempts + 1, last_error = :error, next_attempt_at = :next where id = :id")
    int failed(UUID id, String error, Instant next);

    @Query("update token_job set finished_at = :now where id = :id")
    int finish(UUID id, Instant now);

    /// Jobs of this kind that are not done, locked; but not one that is being worked on.
    @Query("select id from token_job where model_id = :modelId and kind = :kind and finished_at is null for update skip locked")
    List<UUID> lockOpen(ModelId modelId, String kind);

    @Query("select id from token_job where holder_id = :holderId and finished_at is null for update skip locked")
    List<UUID> lockOpen(HolderId holderId);
}
