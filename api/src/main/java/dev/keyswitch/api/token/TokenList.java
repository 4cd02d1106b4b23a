package dev.keyswitch.api.token;

import dev.keyswitch.api.http.NamedList;
import dev.keyswitch.api.http.Sort;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.api.token.TokenSearch.Condition;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.value.Page;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.UUID;

/// Lists tokens; also what a typeahead asks.
@Singleton
class TokenList {

    private final JdbcOperations database;
    private final TokenAnswers answers;
    private final Clock clock;

    TokenList(JdbcOperations database, TokenAnswers answers, Clock clock) {
        this.database = database;
        this.answers = answers;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    Page<Token> list(Caller caller, TokenFilter filter, NamedList.Cut cut) {
        Condition base = base(caller, filter);
        Condition rest = rest(caller, filter);
        Page<TokenRow> rows = cut.search() != null && (cut.sort() == Sort.NAME || cut.sort() == Sort.NAME_DESCENDING)
                ? new TokenSearch(database, base, rest, cut, cut.search()).read()
                : inOrder(base, rest).read(database, cut);
        return new Page<>(answers.of(caller.account(), rows.items()), rows.nextCursor());
    }

    private static NamedList<TokenRow> inOrder(Condition base, Condition rest) {
        return new NamedList<>("token", TokenRow.class, TokenRow::uuid, TokenRow::name)
                .expiring(TokenRow::expiresAt)
                .where(base.text(), base.values().toArray())
                .where(rest.text(), rest.values().toArray());
    }

    /// What indexes serve.
    private static Condition base(Caller caller, TokenFilter filter) {
        Condition base = new Condition().and("account_id = ? and deleted_at is null", caller.account().value());
        if (filter.ids() != null) {
            base.and("id = any(?)", (Object) filter.ids().toArray(UUID[]::new));
        }
        if (Boolean.FALSE.equals(filter.assigned())) {
            base.and("model_id is null");
        }
        if (filter.modelId() != null) {
            base.and("model_id = ?", filter.modelId());
        }
        return base;
    }

    private Condition rest(Caller caller, TokenFilter filter) {
        Condition rest = new Condition();
        if (caller.holderId() != null) {
            rest.and("holder_id = ?", caller.holderId().value());
        }
        if (Boolean.TRUE.equals(filter.assigned())) {
            rest.and("model_id is not null");
        }
        if (Boolean.FALSE.equals(filter.assigned()) && filter.status() == null) {
            rest.and("status <> 'CANCELED' and expires_at > ?", Timestamp.from(clock.instant()));
        }
        if (filter.status() != null) {
            rest.and("status = ?", filter.status().name());
        }
        if (filter.expiresBefore() != null) {
            rest.and("expires_at < ?", Timestamp.from(filter.expiresBefore()));
        }
        if (filter.keyState() != null) {
            // The key of the present assignment is the newest one for its model.
            rest.and("""
                    model_id is not null and ? = (
                        select k.state from evaluation_key k
                        where k.token_id = token.id and k.model_id = token.model_id
                        order by k.generation desc limit 1)
                    """, filter.keyState().name());
        }
        return rest;
    }
}
