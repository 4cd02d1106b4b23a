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
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface CredentialRepository extends GenericRepository<CredentialRow, CredentialId> {

    void save(CredentialRow row);

    @Query("select * from credential where value_hash = :hash")
    Optional<CredentialRow> findByHash(byte[] hash);

    /// Unless it is revoked, or its account is suspended.
    @Query("""
            select c.id, c.account_id, c.name, c.role, c.holder_id, c.last_used_at,
                case when c.role = 'GATEWAY' then (
                    select string_agg(cast(m.model_id as text), ' ') from credential_model m where m.credential_id = c.id) end as models
            from credential c
            left join account a on a.id = c.account_id
            where c.value_hash = :hash and c.revoked_at is null and a.suspended_at is null
            """)
    Optional<AdmittedCredential> findAdmitted(byte[] hash);

    @Query("insert into credential_model (credential_id, model_id) values (:id, :model)")
    int bind(CredentialId id, UUID model);

    @Query("select model_id from credential_model where credential_id = :id order by model_id")
    List<UUID> models(CredentialId id);

    @Query("select exists (select from model where id = :model and account_id = :accountId and deleted_at is null)")
    boolean hasModel(AccountId accountId, UUID model);

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

    @Query("select * from credential where id = :id and account_id = :accountId and revoked_at is null")
    Optional<CredentialRow> find(CredentialId id, AccountId accountId);

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
