package dev.keyswitch.api.assignment;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.token.TokenRow;
import io.micronaut.core.annotation.Introspected;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The history of assignments. The present one is also in the token's row; the two change together.
@JdbcRepository(dialect = Dialect.POSTGRES)
interface AssignmentRepository extends GenericRepository<TokenRow, TokenId> {

    @Query("""
            insert into assignment (account_id, token_id, model_id, generation, assigned_at)
            values (:account, :token, :model, :generation, :now)
            """)
    int begin(AccountId account, TokenId token, ModelId model, long generation, Instant now);

    @Query("""
            update assignment set ended_at = :now, ended_because = :because
            where token_id = :token and ended_at is null
            """)
    int end(TokenId token, Instant now, String because);

    /// Newest first, below a generation.
    @Query("""
            select a.model_id, m.name as model_name, a.generation, a.assigned_at, a.ended_at, a.ended_because
            from assignment a join model m on m.id = a.model_id
            where a.account_id = :account and a.token_id = :token and a.generation < :below
            order by a.generation desc
            limit :limit
            """)
    List<Line> history(AccountId account, TokenId token, long below, int limit);

    @Introspected
    record Line(
            ModelId modelId,
            String modelName,
            long generation,
            Instant assignedAt,
            @Nullable Instant endedAt,
            @Nullable String endedBecause) {}
}
