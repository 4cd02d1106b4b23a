package dev.keyswitch.api.security;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.CredentialId;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface CredentialRepository extends GenericRepository<CredentialRow, CredentialId> {

    void save(CredentialRow row);

    @Query("select * from credential where value_hash = :hash")
    Optional<CredentialRow> findByHash(byte[] hash);

    @Query("""
            select * from credential
            where account_id = :accountId and revoked_at is null and id > cast(:after as uuid)
            order by id
            limit :limit
            """)
    List<CredentialRow> list(AccountId accountId, String after, int limit);

    /// Locked, so that two callers cannot revoke the last two at once.
    @Query("""
            select * from credential
            where account_id = :accountId and role = 'OWNER' and revoked_at is null
            order by id
            for update
            """)
    List<CredentialRow> lockOwners(AccountId accountId);

    @Query("select * from credential where id = :id and account_id = :accountId and revoked_at is null for update")
    Optional<CredentialRow> lock(CredentialId id, AccountId accountId);

    /// @return 0 if there is no such credential in this account, or it is revoked already
    @Query("""
            update credential set revoked_at = :now
            where id = :id and account_id = :accountId and revoked_at is null
            """)
    int revoke(CredentialId id, AccountId accountId, Instant now);

    /// Written at most once a minute: what people want to see is whether a credential is still in use.
    @Query("""
            update credential set last_used_at = :now
            where id = :id and (last_used_at is null or last_used_at < :before)
            """)
    int used(CredentialId id, Instant now, Instant before);
}
