package dev.keyswitch.api.holder;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.HolderId;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Rows of key holders.
@JdbcRepository(dialect = Dialect.POSTGRES)
public interface HolderRepository extends GenericRepository<HolderRow, HolderId> {

    void save(HolderRow row);

    /// @return 0 if the account has a holder of this name
    @Query("""
            insert into holder (id, account_id, name, root_fingerprint, created_at)
            values (:id, :accountId, :name, :rootFingerprint, :createdAt)
            on conflict (account_id, name) do nothing
            """)
    int insert(HolderRow row);

    @Query("select exists (select 1 from holder where account_id = :account and name = :name)")
    boolean isTaken(AccountId account, String name);

    Optional<HolderRow> findByIdAndAccountId(HolderId id, AccountId accountId);

    @Query("select * from holder where id = :id and account_id = :account for no key update")
    Optional<HolderRow> lock(HolderId id, AccountId account);

    @Query("""
            select * from holder
            where account_id = :account and id > cast(:after as uuid)
            order by id
            limit :limit
            """)
    List<HolderRow> list(AccountId account, String after, int limit);

    @Query("""
            update holder set name = :name, root_fingerprint = :rootFingerprint
            where id = :id and account_id = :account
            """)
    int change(HolderId id, AccountId account, String name, @Nullable String rootFingerprint);
}
