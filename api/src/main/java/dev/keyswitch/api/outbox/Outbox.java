package dev.keyswitch.api.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.IdSource;
import dev.keyswitch.api.account.Accounts;
import dev.keyswitch.api.security.Actor;
import dev.keyswitch.contract.event.EventType;
import dev.keyswitch.contract.event.Topics;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;

/// Where a change leaves its event, in its own transaction: both are committed, or neither.
@Singleton
public class Outbox {

    private final OutboxRepository repository;
    private final RelayBell bell;
    private final Accounts accounts;
    private final IdSource ids;
    private final ObjectMapper json;
    private final Clock clock;

    Outbox(OutboxRepository repository, RelayBell bell, Accounts accounts, IdSource ids, ObjectMapper json, Clock clock) {
        this.repository = repository;
        this.bell = bell;
        this.accounts = accounts;
        this.ids = ids;
        this.json = json;
        this.clock = clock;
    }

    /// The caller's transaction must hold the lock of the row that `subject` names (or have inserted it): that is what keeps
    /// the events of one subject in commit order.
    ///
    /// @param subject id of the token, or of the model for the types about models; the record key
    /// @param data record of the contract; small, without secrets
    @Transactional(propagation = io.micronaut.transaction.TransactionDefinition.Propagation.MANDATORY)
    public void append(AccountId account, EventType type, UUID subject, Object data, Actor by) {
        String slug = accounts.slug(account);
        repository.save(new OutboxRow(
                null,
                ids.next(),
                account,
                type.isAboutModel() ? Topics.models(slug) : Topics.tokens(slug),
                subject.toString(),
                type.type(),
                subject.toString(),
                clock.instant(),
                by.traceParent(),
                written(data)));
        bell.ringAfterCommit();
    }

    private String written(Object data) {
        try {
            return json.writeValueAsString(data);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("event data must be a record of the contract", e);
        }
    }
}
