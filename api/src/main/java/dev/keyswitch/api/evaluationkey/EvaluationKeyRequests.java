package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.EvaluationKeyId;
import dev.keyswitch.api.Id;
import dev.keyswitch.api.IdSource;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.security.Actor;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.event.EventType;
import dev.keyswitch.contract.event.KeyCause;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.token.Custody;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    /// carry the job, and for anything else there is [#announce].
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

    /// All keys of the token but that of `newGeneration` are replaced, and nothing of them is accepted any more. Those that
    /// are ended already stay as they are.
    @Transactional(propagation = Propagation.MANDATORY)
    public void supersedeOthers(AccountId account, TokenId token, long newGeneration, Actor by) {
        supersedeOthers(account, token, newGeneration, newGeneration, by);
    }

    /// The same, but another generation stays beside the new one: that of a move that waits.
    @Transactional(propagation = Propagation.MANDATORY)
    public void supersedeOthers(AccountId account, TokenId token, long newGeneration, long pendingGeneration, Actor by) {
        supersede(repository.lockOpen(account, token, newGeneration, pendingGeneration), by);
    }

    /// Who makes the keys of this token that nobody has begun to make yet.
    @Transactional(propagation = Propagation.MANDATORY)
    public void giveInto(Custody custody, AccountId account, TokenId token, Actor by) {
        for (EvaluationKeyRow key : repository.lockOpen(account, token, 0, 0)) {
            boolean waits = key.state() == EvaluationKeyState.REQUESTED;
            if (waits || key.state() == EvaluationKeyState.FAILED) {
                repository.giveInto(key.id(), custody.name());
            }
            if (waits && custody == Custody.AGENT) {
                journal.requested(key, KeyCause.RETRIED, by);
            }
        }
    }

    /// The key of one generation is replaced.
    @Transactional(propagation = Propagation.MANDATORY)
    public void supersede(AccountId account, TokenId token, long generation, Actor by) {
        supersede(repository.lockOpenOf(account, token, generation), by);
    }

    private void supersede(List<EvaluationKeyRow> keys, Actor by) {
        end(keys, EvaluationKeyState.SUPERSEDED, EventType.EVALUATION_KEY_SUPERSEDED, by);
    }

    /// All keys of the token are withdrawn, and nothing of them is accepted any more. Those that are ended already stay as
    /// they are.
    @Transactional(propagation = Propagation.MANDATORY)
    public void revoke(AccountId account, TokenId token, Actor by) {
        revoke(repository.lockOpen(account, token, 0, 0), by);
    }

    /// The key of one generation is withdrawn.
    @Transactional(propagation = Propagation.MANDATORY)
    public void revoke(AccountId account, TokenId token, long generation, Actor by) {
        revoke(repository.lockOpenOf(account, token, generation), by);
    }

    private void revoke(List<EvaluationKeyRow> keys, Actor by) {
        end(keys, EvaluationKeyState.REVOKED, EventType.EVALUATION_KEY_REVOKED, by);
    }

    private void end(List<EvaluationKeyRow> keys, EvaluationKeyState state, EventType event, Actor by) {
        for (EvaluationKeyRow open : keys) {
            repository.end(open.id(), state.name(), clock.instant());
            journal.changed(event, open, by);
        }
    }

    /// Asks workers for a key that no event about the token's assignment asks for.
    @Transactional(propagation = Propagation.MANDATORY)
    public void announce(EvaluationKey key, KeyCause cause, Actor by) {
        journal.requested(repository.findById(new EvaluationKeyId(key.id())).orElseThrow(), cause, by);
    }

    /// The evaluation keys for which moves of these tokens wait; tokens without such a move are not in the answer.
    @Transactional(propagation = Propagation.SUPPORTS)
    public Map<TokenId, EvaluationKey> pending(AccountId account, Collection<TokenId> tokens) {
        return tokens.isEmpty() ? Map.of() : byToken(repository.pending(account, Id.array(tokens)));
    }

    /// The evaluation keys of the present assignments of these tokens; tokens without one are not in the answer.
    @Transactional(propagation = Propagation.SUPPORTS)
    public Map<TokenId, EvaluationKey> present(AccountId account, Collection<TokenId> tokens) {
        return tokens.isEmpty() ? Map.of() : byToken(repository.present(account, Id.array(tokens)));
    }

    /// A key, and what it was made for.
    public record InForce(EvaluationKey key, EncryptionProfile profile) {}

    /// The key of one generation, if it is READY.
    @Transactional(propagation = Propagation.SUPPORTS)
    public Optional<InForce> inForce(AccountId account, TokenId token, long generation) {
        return repository
                .findByAccountIdAndTokenIdAndGeneration(account, token, generation)
                .filter(row -> row.state() == EvaluationKeyState.READY)
                .map(row -> new InForce(row.toContract(), row.encryptionProfile()));
    }

    /// Whether the key of the present assignment is for the profile with this digest.
    @Transactional(propagation = Propagation.SUPPORTS)
    public boolean isPresentFor(AccountId account, TokenId token, String profileDigest) {
        return isFor(repository.present(account, Id.array(List.of(token))), profileDigest);
    }

    /// Whether the key for which a move waits is for the profile with this digest.
    @Transactional(propagation = Propagation.SUPPORTS)
    public boolean isPendingFor(AccountId account, TokenId token, String profileDigest) {
        return isFor(repository.pending(account, Id.array(List.of(token))), profileDigest);
    }

    /// Whether the key of the present assignment was made from a former root key of its holder, or may yet come from one: an
    /// attempt whose lease was lost may come back.
    @Transactional(propagation = Propagation.SUPPORTS)
    public boolean isPresentFromFormerRoot(AccountId account, TokenId token) {
        return isFromFormerRoot(repository.present(account, Id.array(List.of(token))));
    }

    /// The same of the key for which a move waits.
    @Transactional(propagation = Propagation.SUPPORTS)
    public boolean isPendingFromFormerRoot(AccountId account, TokenId token) {
        return isFromFormerRoot(repository.pending(account, Id.array(List.of(token))));
    }

    private boolean isFromFormerRoot(List<EvaluationKeyRow> keys) {
        return keys.stream()
                .filter(key -> key.isBeingMade() || key.state() == EvaluationKeyState.READY)
                .anyMatch(key -> !repository.fingerprint(key.holderId()).equals(Optional.ofNullable(key.rootFingerprint())));
    }

    private static boolean isFor(List<EvaluationKeyRow> keys, String profileDigest) {
        return keys.stream().anyMatch(key -> key.profileDigest().equals(profileDigest));
    }

    private static Map<TokenId, EvaluationKey> byToken(List<EvaluationKeyRow> keys) {
        return keys.stream()
                .collect(Collectors.toMap(EvaluationKeyRow::tokenId, EvaluationKeyRow::toContract, (first, _) -> first));
    }
}
