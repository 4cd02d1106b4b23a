package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.EvaluationKeyId;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What sweepers look for. They skip what others have locked, so any number of them may run at once.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface SweepRepository extends GenericRepository<EvaluationKeyRow, EvaluationKeyId> {

    @Query("""
            select k.* from evaluation_key k
            join token t on t.id = k.token_id
            where k.state = 'GENERATING' and k.lease_until < :now
            order by k.lease_until
            limit :limit
            for update of t, k skip locked
            """)
    List<EvaluationKeyRow> lockLostLeases(Instant now, int limit);

    /// The lost lease stays in the row: its attempt may come back as long as nobody else has claimed.
    @Query("""
            update evaluation_key set state = 'REQUESTED', progress_percent = 0, announced_at = :now
            where id = :id
            """)
    void release(EvaluationKeyId id, Instant now);

    /// Requests that nobody took up. The first repetition comes after a fixed time, later ones when the request has become twice as
    /// old, but every five minutes at least; and none as long as an earlier event of the token is still on its way.
    @Query("""
            select k.* from evaluation_key k
            join token t on t.id = k.token_id
            where k.state = 'REQUESTED' and k.custody = 'AGENT' and k.announced_at < :before
                and k.announced_at + least(k.announced_at - k.requested_at, interval '5 minutes') < :now
                and not exists (
                    select from outbox o
                    where o.record_key = cast(k.token_id as text) and o.published_at is null and o.parked_at is null)
            order by k.announced_at
            limit :limit
            for update of t, k skip locked
            """)
    List<EvaluationKeyRow> lockForgottenRequests(Instant now, Instant before, int limit);

    @Query("update evaluation_key set announced_at = :now where id = :id")
    void announced(EvaluationKeyId id, Instant now);

    /// Keys that a worker gave up, and whose time to be asked for again has come: each wait is four times the one before.
    ///
    /// @param retries how often before it is left to a person
    @Query("""
            select k.* from evaluation_key k
            join token t on t.id = k.token_id
            where k.state = 'FAILED' and k.custody = 'AGENT' and k.failures between 1 and :retries
                and k.failed_at < :before
                and k.failed_at + (cast(:now as timestamptz) - cast(:before as timestamptz)) * power(4, k.failures - 1) < :now
            order by k.failed_at
            limit :limit
            for update of t, k skip locked
            """)
    List<EvaluationKeyRow> lockFailed(Instant now, Instant before, int retries, int limit);

    /// As if it had never failed, but for the count.
    @Query("""
            update evaluation_key set state = 'REQUESTED', progress_percent = 0, requested_at = :now, announced_at = :now
            where id = :id
            """)
    void retry(EvaluationKeyId id, Instant now);

    /// Keys whose bytes nobody needs any more: revoked ones at once, superseded ones after a time.
    @Query("""
            (select * from evaluation_key
                where stored_as is not null and state = 'REVOKED'
                order by ended_at limit :limit)
            union all
            (select * from evaluation_key
                where stored_as is not null and ended_at is not null and state = 'SUPERSEDED' and ended_at < :before
                order by ended_at limit :limit)
            """)
    List<EvaluationKeyRow> withSpentBytes(Instant before, int limit);

    @Query("update evaluation_key set stored_as = null where id = :id and ended_at is not null")
    void bytesDeleted(EvaluationKeyId id);

    Optional<EvaluationKeyRow> findById(EvaluationKeyId id);

    /// The key an upload is for; empty if there is no such upload any more, or another attempt has taken its place.
    @Query("""
            select k.* from upload u
            join evaluation_key k on k.id = u.evaluation_key_id and k.attempt = u.attempt
            where u.id = :upload
            """)
    Optional<EvaluationKeyRow> findUploading(UUID upload);

    /// Uploads that can neither go on nor be asked about again.
    @Query("""
            delete from upload u using evaluation_key k
            where k.id = u.evaluation_key_id and u.created_at < :before
                and (u.attempt <> k.attempt
                    or k.state in ('FAILED', 'SUPERSEDED', 'REVOKED')
                    or k.state = 'READY' and k.ready_at < :before)
            """)
    int deleteSpentUploads(Instant before);
}
