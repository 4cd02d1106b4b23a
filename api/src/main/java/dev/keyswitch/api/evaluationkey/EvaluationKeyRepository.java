package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.EvaluationKeyId;
import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.TokenId;
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
import org.jspecify.annotations.Nullable;

/// Every change of state is made by a caller that holds the row's lock, and before it the lock of the token's row: that
/// order is the same everywhere, and keeps a token's events in commit order.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface EvaluationKeyRepository extends GenericRepository<EvaluationKeyRow, EvaluationKeyId> {

    void save(EvaluationKeyRow row);

    Optional<EvaluationKeyRow> findById(EvaluationKeyId id);

    Optional<EvaluationKeyRow> findByAccountIdAndTokenIdAndGeneration(
            AccountId accountId, TokenId tokenId, long generation);

    @Query("""
            select * from evaluation_key
            where account_id = :accountId and id = :id and (cast(:holder as uuid) is null or holder_id = cast(:holder as uuid))
            """)
    Optional<EvaluationKeyRow> find(AccountId accountId, EvaluationKeyId id, @Nullable String holder);

    default Optional<EvaluationKeyRow> find(Scope scope, EvaluationKeyId id) {
        return find(scope.account(), id, scope.holderText());
    }

    /// Locks the token of a key; first of the two locks.
    ///
    /// @return the token's newest generation
    @Query("""
            select t.generation from token t
            where t.id = (
                select k.token_id from evaluation_key k
                where k.account_id = :accountId and k.id = :id
                    and (cast(:holder as uuid) is null or k.holder_id = cast(:holder as uuid)))
            for update of t
            """)
    Optional<Long> lockToken(AccountId accountId, EvaluationKeyId id, @Nullable String holder);

    @Query("""
            select * from evaluation_key
            where account_id = :accountId and token_id = :tokenId
            order by generation desc
            limit :limit
            """)
    List<EvaluationKeyRow> newest(AccountId accountId, TokenId tokenId, int limit);

    /// How many evaluation keys there are of one profile.
    @Introspected
    record KeysOfProfile(long count, @TypeDef(type = DataType.JSON) EncryptionProfile encryptionProfile) {}

    @Query("""
            select count(*) as count, cast(min(cast(k.encryption_profile as text)) as jsonb) as encryption_profile
            from evaluation_key k join holder h on h.id = k.holder_id
            where k.account_id = :accountId and k.holder_id = :holderId
                and (k.state in ('GENERATING', 'READY') or k.state = 'REQUESTED' and k.lease_until is not null)
                and k.root_fingerprint is distinct from h.root_fingerprint
            group by k.profile_digest
            """)
    List<KeysOfProfile> fromFormerRoot(AccountId accountId, HolderId holderId);

    @Query("select generation from token where id = :tokenId")
    long newestGeneration(TokenId tokenId);

    /// Second of the two locks.
    @Query("select * from evaluation_key where id = :id for update")
    EvaluationKeyRow lock(EvaluationKeyId id);

    /// The keys of a token that are not in a final state yet, locked; but not those of two generations.
    @Query("""
            select * from evaluation_key
            where account_id = :accountId and token_id = :tokenId and generation <> :except and generation <> :andExcept
                and state in ('REQUESTED', 'GENERATING', 'READY', 'FAILED')
            order by generation
            for update
            """)
    List<EvaluationKeyRow> lockOpen(AccountId accountId, TokenId tokenId, long except, long andExcept);

    /// The key of one generation, if it is not in a final state yet, locked.
    @Query("""
            select * from evaluation_key
            where account_id = :accountId and token_id = :tokenId and generation = :generation
                and state in ('REQUESTED', 'GENERATING', 'READY', 'FAILED')
            for update
            """)
    List<EvaluationKeyRow> lockOpenOf(AccountId accountId, TokenId tokenId, long generation);

    @Query("""
            update evaluation_key set state = :state, lease_until = null, ended_at = :now
            where id = :id
            """)
    void end(EvaluationKeyId id, String state, Instant now);

    /// The evaluation keys for which moves of these tokens wait.
    ///
    /// @param tokens ids as an array in SQL, `{…,…}`
    @Query("""
            select k.* from evaluation_key k
            join token t on t.id = k.token_id and t.pending_generation = k.generation
            where k.account_id = :accountId and k.token_id = any(cast(:tokens as uuid[]))
            """)
    List<EvaluationKeyRow> pending(AccountId accountId, String tokens);

    /// The evaluation keys of the tokens' present assignments.
    ///
    /// @param tokens ids as an array in SQL, `{…,…}`
    @Query("""
            select distinct on (k.token_id) k.* from evaluation_key k
            join token t on t.id = k.token_id and t.model_id = k.model_id
            where k.account_id = :accountId and k.token_id = any(cast(:tokens as uuid[]))
            order by k.token_id, k.generation desc
            """)
    List<EvaluationKeyRow> present(AccountId accountId, String tokens);

    @Query("""
            update evaluation_key
            set state = 'GENERATING', attempt = attempt + 1, claimed_by = :worker, claimed_at = :now, lease_until = :leaseUntil,
                root_fingerprint = :fingerprint, progress_percent = 0
            where id = :id
            """)
    void claim(EvaluationKeyId id, String worker, String fingerprint, Instant now, Instant leaseUntil);

    /// The heartbeat of a lease that holds; needs no lock, for it is one statement that changes no state.
    ///
    /// @return 0 if the attempt is not the one that makes this key
    @Query("""
            update evaluation_key
            set lease_until = greatest(lease_until, :leaseUntil), progress_percent = greatest(progress_percent, :percent)
            where account_id = :accountId and id = :id and (cast(:holder as uuid) is null or holder_id = cast(:holder as uuid))
                and attempt = :attempt and state = 'GENERATING'
            """)
    int prolong(
            AccountId accountId, EvaluationKeyId id, @Nullable String holder, int attempt, int percent, Instant leaseUntil);

    /// A lost lease that nobody took in the meantime comes back.
    @Query("""
            update evaluation_key
            set state = 'GENERATING', lease_until = :leaseUntil, progress_percent = greatest(progress_percent, :percent)
            where id = :id
            """)
    void resume(EvaluationKeyId id, int percent, Instant leaseUntil);

    /// The work is handed back, and wanted as before.
    @Query("""
            update evaluation_key
            set state = 'REQUESTED', lease_until = null, progress_percent = 0, announced_at = :now
            where id = :id
            """)
    void release(EvaluationKeyId id, Instant now);

    @Query("""
            update evaluation_key
            set state = 'FAILED', failure = :reason, lease_until = null, failures = failures + 1, failed_at = now()
            where id = :id
            """)
    void fail(EvaluationKeyId id, String reason);

    /// Somebody asks again, so that the sweeper may do so as often as the first time.
    @Query("""
            update evaluation_key
            set state = 'REQUESTED', lease_until = null, progress_percent = 0, requested_at = :now, announced_at = :now,
                failures = 0
            where id = :id
            """)
    void retry(EvaluationKeyId id, Instant now);

    @Query("""
            update evaluation_key
            set state = 'READY', lease_until = null, progress_percent = 100, failure = null, ready_at = :now,
                size_bytes = :sizeBytes, sha256 = :sha256, holder_mac = :holderMac, parts = cast(:parts as jsonb),
                generation_millis = :generationMillis, stored_as = :storedAs
            where id = :id
            """)
    void ready(
            EvaluationKeyId id,
            long sizeBytes,
            String sha256,
            String holderMac,
            String parts,
            @Nullable Long generationMillis,
            String storedAs,
            Instant now);

    @Query("update evaluation_key set custody = :custody where id = :id")
    void giveInto(EvaluationKeyId id, String custody);

    /// The root key fingerprint of a holder; empty until it is set.
    @Query("select root_fingerprint from holder where id = :holderId and root_fingerprint is not null")
    Optional<String> fingerprint(HolderId holderId);
}
