package dev.keyswitch.api.token;

import dev.keyswitch.api.TokenId;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.List;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface TokenUseRepository extends GenericRepository<TokenUseRepository.TokenUse, TokenId> {

    @MappedEntity("token_use")
    record TokenUse(@Id TokenId tokenId, Instant usedAt) {}

    /// @param tokens ids as an array in SQL, `{…,…}`
    @Query("select token_id, used_at from token_use where token_id = any(cast(:tokens as uuid[]))")
    List<TokenUse> of(String tokens);

    /// In the order of ids, so that two nodes cannot wait for each other.
    ///
    /// @param tokens ids as an array in SQL, each once
    @Query("""
            insert into token_use (token_id, used_at)
            select token_id, :now from unnest(cast(:tokens as uuid[])) token_id order by token_id
            on conflict (token_id) do update set used_at = excluded.used_at
            """)
    int write(String tokens, Instant now);
}
