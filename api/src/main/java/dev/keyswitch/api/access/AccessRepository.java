package dev.keyswitch.api.access;

import dev.keyswitch.api.TokenId;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface AccessRepository extends GenericRepository<AccessRow, TokenId> {

    /// By the present value, or by the one before within its grace.
    @Query("""
            select t.id, t.status, t.expires_at, u.used_at as last_used_at, t.model_id, m.status as model_status,
                k.id as key_id, k.generation as key_generation, k.state as key_state, k.sha256 as key_sha256
            from token t
            left join model m on m.id = t.model_id
            left join evaluation_key k
                on k.token_id = t.id and k.generation = t.active_generation and k.model_id = t.model_id
            left join token_use u on u.token_id = t.id
            where t.account_id = :account and t.deleted_at is null
                and (t.value_hash = :hash or t.previous_value_hash = :hash and t.previous_value_until > :now)
            """)
    Optional<AccessRow> find(UUID account, byte[] hash, Instant now);

    /// The account of the token with this value, or with this one before within its grace; unless the account is suspended.
    @Query("""
            select t.account_id from token t
            join account a on a.id = t.account_id and a.suspended_at is null
            where t.deleted_at is null
                and (t.value_hash = :hash or t.previous_value_hash = :hash and t.previous_value_until > :now)
            """)
    Optional<UUID> owner(byte[] hash, Instant now);
}
