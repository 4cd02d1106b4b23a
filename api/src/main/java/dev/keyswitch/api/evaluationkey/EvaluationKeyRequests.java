package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.EvaluationKeyId;
import dev.keyswitch.api.IdSource;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.security.Actor;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.event.EventType;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// What assignments ask of evaluation keys. Called inside the transaction that changes the token, by a caller that holds the
/// lock of the token's row.
@Singleton
public class EvaluationKeyRequests {

    private final EvaluationKeyRepository repository;
    private final EvaluationKeyJournal journal;
    private final IdSource ids;
    private final Clock clock;

    EvaluationKeyRequests(EvaluationKeyRepository repository, EvaluationKeyJournal journal, IdSource ids, Clock clock) {
        this.repository = repository;
        this.journal = journal;
        this.ids = ids;
        this.clock = clock;
    }

    /// Asks for the evaluation key of a new generation. The event is the caller's: `token.assigned` and `token.reassigned`
    /// carry the job.
    @Transactional(propagation = Propagation.MANDATORY)
    public EvaluationKey request(NewEvaluationKey wanted) {
        Instant now = clock.instant();
        EvaluationKeyRow row = new EvaluationKeyRow(
                new EvaluationKeyId(ids.next()),
                wanted.account(),
                wanted.token(),
                wanted.model(),
                wanted.holder(),
                wanted.generation(),
                EvaluationKeyState.REQUESTED,
                wanted.profile(),
                Objects.requireNonNull(wanted.profile().digest(), "the profile is not resolved"),
                wanted.custody(),
                0,
                null,
                null,
                0,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                now,
                now,
                null,
                null,
                null,
                null);
        repository.save(row);
        return row.toContract();
    }

    /// All keys of the token below `newGeneration` are replaced, and nothing of them is accepted any more. Those that are
    /// ended already stay as they are.
    @Transactional(propagation = Propagation.MANDATORY)
    public void supersede(AccountId account, TokenId token, long newGeneration, Actor by) {
        end(account, token, newGeneration, EvaluationKeyState.SUPERSEDED, EventType.EVALUATION_KEY_SUPERSEDED, by);
    }

    /// All keys of the token are withdrawn, and nothing of them is accepted any more. Those that are ended already stay as
    /// they are.
    @Transactional(propagation = Propagation.MANDATORY)
    public void revoke(AccountId account, TokenId token, Actor by) {
        end(account, token, Long.MAX_VALUE, EvaluationKeyState.REVOKED, EventType.EVALUATION_KEY_REVOKED, by);
    }

    private void end(
            AccountId account, TokenId token, long below, EvaluationKeyState state, EventType event, Actor by) {
        for (EvaluationKeyRow open : repository.lockOpen(account, token, below)) {
            repository.end(open.id(), state.name(), clock.instant());
            journal.changed(event, open, by);
        }
    }

    /// The evaluation keys of the present assignments of these tokens; tokens without one are not in the answer.
    @Transactional(propagation = Propagation.SUPPORTS)
    public Map<TokenId, EvaluationKey> present(AccountId account, Collection<TokenId> tokens) {
        if (tokens.isEmpty()) {
            return Map.of();
        }
        String array = tokens.stream().map(TokenId::toString).collect(Collectors.joining(",", "{", "}"));
        return repository.present(account, array).stream()
                .collect(Collectors.toMap(EvaluationKeyRow::tokenId, EvaluationKeyRow::toContract, (first, _) -> first));
    }
}
