package dev.keyswitch.api.assignment;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The history of assignments. The present one is also in the token's row; the two change together.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface AssignmentRepository extends GenericRepository<AssignmentRow, TokenId> {

    @Query("""
            insert into assignment (account_id, token_id, model_id, generation, assigned_at)
            values (:accountId, :tokenId, :modelId, :generation, :now)
            """)
    int begin(AccountId accountId, TokenId tokenId, ModelId modelId, long generation, Instant now);

    @Query("""
            update assignment set ended_at = :now, ended_because = :because
            where token_id = :tokenId and ended_at is null
            """)
    int end(TokenId tokenId, Instant now, String because);

    /// Newest first, below a generation.
    @Query("""
            select a.model_id, m.name as model_name, a.generation, a.assigned_at, a.ended_at, a.ended_because
            from assignment a join model m on m.id = a.model_id
            where a.account_id = :accountId and a.token_id = :tokenId and a.generation < :below
            order by a.generation desc
            limit :limit
            """)
    List<Line> history(AccountId accountId, TokenId tokenId, long below, int limit);

    @Introspected
    record Line(
            UUID modelId,
            String modelName,
            long generation,
            Instant assignedAt,
            @Nullable Instant endedAt,
            @Nullable String endedBecause) {}
}
