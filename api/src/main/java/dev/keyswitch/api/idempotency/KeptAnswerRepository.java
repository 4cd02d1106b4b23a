package dev.keyswitch.api.idempotency;

import dev.keyswitch.api.CredentialId;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface KeptAnswerRepository extends GenericRepository<KeptAnswerRow, CredentialId> {

    /// Held until the transaction ends.
    ///
    /// @return false if another transaction holds it
    @Query("select pg_try_advisory_xact_lock(:lock)")
    boolean tryLock(long lock);

    @Query("select * from kept_answer where credential_id = :credentialId and key_hash = :hash and kept_at > :since")
    Optional<KeptAnswerRow> find(CredentialId credentialId, byte[] hash, Instant since);

    /// @return 0 if an answer that is younger than `since` is kept already
    @Query("""
            insert into kept_answer (credential_id, key_hash, fingerprint, answer, kept_at)
            values (:credentialId, :hash, :fingerprint, :answer, :now)
            on conflict (credential_id, key_hash) do update
            set fingerprint = excluded.fingerprint, answer = excluded.answer, kept_at = excluded.kept_at
            where kept_answer.kept_at <= :since
            """)
    int keep(CredentialId credentialId, byte[] hash, byte[] fingerprint, byte[] answer, Instant now, Instant since);

    @Query("""
            delete from kept_answer where ctid = any (array(
                select ctid from kept_answer where kept_at <= :since limit :limit))
            """)
    int forget(Instant since, int limit);
}
