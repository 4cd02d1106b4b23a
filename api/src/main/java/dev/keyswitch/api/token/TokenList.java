package dev.keyswitch.api.token;

import dev.keyswitch.api.http.NamedList;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.value.Page;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.sql.Timestamp;
import java.time.Clock;

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
        NamedList<TokenRow> list = new NamedList<>("token", TokenRow.class, TokenRow::uuid, TokenRow::name)
                .where("account_id = ? and deleted_at is null", caller.account().value());
        if (caller.holderId() != null) {
            list.where("holder_id = ?", caller.holderId().value());
        }
        if (filter.assigned() != null) {
            list.where(filter.assigned() ? "model_id is not null" : "model_id is null");
            if (!filter.assigned() && filter.status() == null) {
                list.where("status <> 'CANCELED' and expires_at > ?", Timestamp.from(clock.instant()));
            }
        }
        if (filter.modelId() != null) {
            list.where("model_id = ?", filter.modelId());
        }
        if (filter.status() != null) {
            list.where("status = ?", filter.status().name());
        }
        if (filter.keyState() != null) {
            // The key of the present assignment is the newest one for its model.
            list.where("""
                    model_id is not null and ? = (
                        select k.state from evaluation_key k
                        where k.token_id = token.id and k.model_id = token.model_id
                        order by k.generation desc limit 1)
                    """, filter.keyState().name());
        }
        Page<TokenRow> rows = list.read(database, cut);
        return new Page<>(answers.of(caller.account(), rows.items()), rows.nextCursor());
    }
}
