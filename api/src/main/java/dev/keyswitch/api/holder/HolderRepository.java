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

    String UNIQUE_NAME = "holder_name";

    /// Fails on [#UNIQUE_NAME] if the account has a holder of this name; so does [#change].
    void save(HolderRow row);

    Optional<HolderRow> findByIdAndAccountId(HolderId id, AccountId accountId);

    @Query("select * from holder where id = :id and account_id = :accountId for update")
    Optional<HolderRow> lock(HolderId id, AccountId accountId);

    @Query("""
            select * from holder
            where account_id = :accountId and id > cast(:after as uuid)
            order by id
            limit :limit
            """)
    List<HolderRow> list(AccountId accountId, String after, int limit);

    @Query("""
            update holder set name = :name, root_fingerprint = :rootFingerprint, version = version + 1
            where id = :id and account_id = :accountId
            """)
    int change(HolderId id, AccountId accountId, String name, @Nullable String rootFingerprint);
}
