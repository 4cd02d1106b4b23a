package dev.keyswitch.api.account;

import dev.keyswitch.api.AccountId;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface AccountRepository extends GenericRepository<AccountRow, AccountId> {

    String UNIQUE_SLUG = "account_slug";

    /// Fails on [#UNIQUE_SLUG] if there is an account with this slug.
    void save(AccountRow row);

    Optional<AccountRow> findById(AccountId id);

    Optional<AccountRow> findBySlug(String slug);

    @Query("select * from account where id > cast(:after as uuid) order by id limit :limit")
    List<AccountRow> list(String after, int limit);

    @Query("select * from account where id = :id for update")
    Optional<AccountRow> lock(AccountId id);

    @Query("update account set name = :name, token_lifetime_days = :tokenLifetimeDays, version = version + 1 where id = :id")
    int change(AccountId id, String name, int tokenLifetimeDays);

    @Query("update account set suspended_at = :since, version = version + 1 where id = :id")
    int suspend(AccountId id, @Nullable Instant since);

    @Query("select slug from account order by id")
    List<String> slugs();

    @Query("select id from deployment")
    Optional<UUID> findDeploymentId();

    @Query("insert into deployment (id, created_at) values (:deployment, :now) on conflict do nothing")
    int createDeployment(UUID deployment, Instant now);

    /// Held until the transaction ends: what is made once per deployment is made by one node at a time.
    @Query("select pg_advisory_xact_lock(:lock) is null")
    boolean lock(long lock);
}
