package dev.keyswitch.api.assignment;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.assignment.AssignmentJournal.Change;
import dev.keyswitch.api.evaluationkey.EvaluationKeyRequests;
import dev.keyswitch.api.evaluationkey.KeyArrivals;
import dev.keyswitch.api.model.ModelRow;
import dev.keyswitch.api.model.Models;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Actor;
import dev.keyswitch.api.token.TokenRepository;
import dev.keyswitch.api.token.TokenRow;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.event.EventType;
import dev.keyswitch.contract.event.KeyCause;
import dev.keyswitch.contract.model.ModelStatus;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.contract.token.AssignmentMode;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Moves that wait for their evaluation key (make before break): the token stays with its model and that model's key until
/// the key for the other one is READY. In the transaction that makes it READY the token moves, so at no moment is there no
/// valid pair of model and key.
///
/// Every method runs under the lock of the token's row, like those of [Assignments].
@Singleton
public class Moves implements KeyArrivals {

    private final AssignmentRepository history;
    private final TokenRepository tokens;
    private final Models models;
    private final Assignments assignments;
    private final EvaluationKeyRequests evaluationKeys;
    private final AssignmentJournal journal;
    private final Clock clock;

    Moves(
            AssignmentRepository history,
            TokenRepository tokens,
            Models models,
            Assignments assignments,
            EvaluationKeyRequests evaluationKeys,
            AssignmentJournal journal,
            Clock clock) {
        this.history = history;
        this.tokens = tokens;
        this.models = models;
        this.assignments = assignments;
        this.evaluationKeys = evaluationKeys;
        this.journal = journal;
        this.clock = clock;
    }

    /// Asks for the key of another model; the token moves when it is there. A move that waits already is replaced, but one to
    /// the same model whose key may still come goes on.
    @Transactional(propagation = Propagation.MANDATORY)
    public TokenRow begin(TokenRow token, ModelId wanted, Actor by) {
        ModelRow model = models.hold(token.accountId(), wanted);
        if (wanted.equals(token.pendingModelId()) && mayStillCome(token)) {
            return token;
        }
        if (model.status() != ModelStatus.ACTIVE) {
            throw new ProblemException(
                            ProblemCode.MODEL_INACTIVE, "The model " + model.name() + " is inactive; no move can wait for it.")
                    .withError("/modelId", "is inactive");
        }
        assignments.requireUsable(token);
        Change change = new Change(token, token.movingTo(model.id(), clock.instant()), by);
        tokens.place(change.now());
        journal.ask(EventType.TOKEN_REASSIGNED, AssignmentMode.WHEN_READY, change, model);
        if (token.pendingGeneration() != null) {
            evaluationKeys.supersede(token.accountId(), token.id(), token.pendingGeneration(), by);
        }
        journal.audit("token.move-requested", change);
        return change.now();
    }

    private boolean mayStillCome(TokenRow token) {
        return Optional.ofNullable(evaluationKeys.pending(token.accountId(), List.of(token.id())).get(token.id()))
                .filter(key -> key.state() != EvaluationKeyState.FAILED)
                .isPresent();
    }

    /// The token stays where it is; the key that was asked for is withdrawn. Nothing happens if no move waits.
    @Transactional(propagation = Propagation.MANDATORY)
    public TokenRow cancel(TokenRow token, Actor by) {
        if (token.pendingGeneration() == null) {
            return token;
        }
        Change change = new Change(token, token.staying(), by);
        tokens.place(change.now());
        journal.tell(EventType.TOKEN_UPDATED, change);
        evaluationKeys.revoke(token.accountId(), token.id(), token.pendingGeneration(), by);
        journal.audit("token.move-canceled", change);
        return change.now();
    }

    /// Asks for a new key for the model to which the token is about to move. Nothing happens if no move waits.
    @Transactional(propagation = Propagation.MANDATORY)
    public TokenRow renewKey(TokenRow token, KeyCause cause, Actor by) {
        if (token.pendingGeneration() == null) {
            return token;
        }
        ModelRow model = models.findHeld(token.accountId(), Objects.requireNonNull(token.pendingModelId()))
                .orElseThrow();
        Change change = new Change(token, token.renewingMove(), by);
        TokenRow now = change.now();
        tokens.place(now);
        evaluationKeys.announce(journal.request(now, model), cause, by);
        evaluationKeys.supersede(now.accountId(), now.id(), token.pendingGeneration(), by);
        journal.audit("token.key-renewed", change);
        return now;
    }

    /// The key in force of the present assignment, or the one a move has waited for.
    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void arrived(AccountId account, TokenId id, long generation, Actor by) {
        TokenRow token = tokens.lock(id, account).orElseThrow(() -> ProblemException.notFound("token"));
        if (!Objects.equals(token.pendingGeneration(), generation)) {
            tokens.activate(id, generation);
        } else if (isWelcome(token)) {
            finish(token, by);
        } else {
            cancel(token, by);
        }
    }

    /// Whoever deactivates or deletes a model ends the moves to it one after the other; this one may not have had its turn.
    private boolean isWelcome(TokenRow token) {
        return models.findHeld(token.accountId(), Objects.requireNonNull(token.pendingModelId()))
                .filter(model -> model.status() == ModelStatus.ACTIVE)
                .isPresent();
    }

    private void finish(TokenRow token, Actor by) {
        Change change = new Change(token, token.moved(), by);
        TokenRow now = change.now();
        long generation = Objects.requireNonNull(now.activeGeneration());
        history.end(token.id(), clock.instant(), "REASSIGNED");
        tokens.place(now);
        history.begin(
                now.accountId(), now.id(), Objects.requireNonNull(now.modelId()), generation, clock.instant());
        journal.tell(EventType.TOKEN_UPDATED, change);
        evaluationKeys.supersedeOthers(now.accountId(), now.id(), generation, by);
        journal.audit("token.moved", change);
    }
}
