package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.EvaluationKeyId;
import dev.keyswitch.api.UploadId;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface UploadRepository extends GenericRepository<UploadRow, UploadId> {

    void save(UploadRow row);

    Optional<UploadRow> findByEvaluationKeyIdAndAttempt(EvaluationKeyId evaluationKeyId, int attempt);

    @Query("""
            select u.* from upload u
            join evaluation_key k on k.id = u.evaluation_key_id
            where u.account_id = :accountId and u.id = :id
                and (cast(:holder as uuid) is null or k.holder_id = cast(:holder as uuid))
            """)
    Optional<UploadRow> find(AccountId accountId, UploadId id, @Nullable String holder);
}
