package dev.keyswitch.api.assignment;

import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.assignment.AssignmentJournal.Change;
import dev.keyswitch.api.evaluationkey.EvaluationKeyRequests;
import dev.keyswitch.api.model.ModelRow;
import dev.keyswitch.api.model.Models;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Actor;
import dev.keyswitch.api.token.TokenRepository;
import dev.keyswitch.api.token.TokenRow;
import dev.keyswitch.contract.event.EventType;
import dev.keyswitch.contract.event.KeyCause;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.contract.token.AssignmentMode;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Objects;

/// What changes when a token gets a model, another one, or none. Every method runs in the transaction of a caller that holds
/// the lock of the token's row (or has just inserted it), and answers the row as it is then. A move that waits for its key
/// ends with every one of them.
///
/// Locks are taken in one order everywhere: token, model, evaluation key. The model is only held so that it stays, which many
/// assignments can do at once.
@Singleton
public class Assignments {

    private final AssignmentRepository history;
    private final TokenRepository tokens;
    private final Models models;
    private final EvaluationKeyRequests evaluationKeys;
    private final AssignmentJournal journal;
    private final Clock clock;

    Assignments(
            AssignmentRepository history,
            TokenRepository tokens,
            Models models,
            EvaluationKeyRequests evaluationKeys,
            AssignmentJournal journal,
            Clock clock) {
        this.history = history;
        this.tokens = tokens;
        this.models = models;
        this.evaluationKeys = evaluationKeys;
        this.journal = journal;
        this.clock = clock;
    }

    /// Gives an unassigned token a model.
    @Transactional(propagation = Propagation.MANDATORY)
    public TokenRow assign(TokenRow token, ModelId wanted, Actor by) {
        ModelRow model = models.hold(token.accountId(), wanted);
        Change change = new Change(token, begin(token, model), by);
        journal.ask(EventType.TOKEN_ASSIGNED, AssignmentMode.IMMEDIATE, change, model);
        journal.audit("token.assigned", change);
        return change.now();
    }

    /// Moves an assigned token to another model: in one step, without a moment with two models or none.
    @Transactional(propagation = Propagation.MANDATORY)
    public TokenRow reassign(TokenRow token, ModelId wanted, Actor by) {
        ModelRow model = models.hold(token.accountId(), wanted);
        history.end(token.id(), clock.instant(), "REASSIGNED");
        Change change = new Change(token, begin(token, model), by);
        // The job goes out before the farewell to the old keys: events of one token are sent one after the other.
        journal.ask(EventType.TOKEN_REASSIGNED, AssignmentMode.IMMEDIATE, change, model);
        evaluationKeys.supersedeOthers(token.accountId(), token.id(), change.now().generation(), by);
        journal.audit("token.reassigned", change);
        return change.now();
    }

    /// Ends an assignment: the token is unassigned, its evaluation keys are revoked.
    @Transactional(propagation = Propagation.MANDATORY)
    public TokenRow unassign(TokenRow token, Actor by) {
        Change change = new Change(token, end(token, "UNASSIGNED", by), by);
        journal.tell(EventType.TOKEN_UNASSIGNED, change);
        journal.audit("token.unassigned", change);
        return change.now();
    }

    /// Ends the assignment of a token that is about to be deleted, if it has one. The deletion is the event.
    @Transactional(propagation = Propagation.MANDATORY)
    public TokenRow endForDeletion(TokenRow token, Actor by) {
        return token.modelId() == null ? token : end(token, "DELETED", by);
    }

    /// Asks for a new key for the model the token has; the present one is replaced at once.
    @Transactional(propagation = Propagation.MANDATORY)
    public TokenRow renewKey(TokenRow token, KeyCause cause, Actor by) {
        ModelRow model = models.findHeld(token.accountId(), Objects.requireNonNull(token.modelId()))
                .orElseThrow();
        Change change = new Change(token, token.renewing(), by);
        TokenRow now = change.now();
        tokens.place(now);
        evaluationKeys.announce(journal.request(now, model), cause, by);
        evaluationKeys.supersedeOthers(
                now.accountId(), now.id(), now.generation(), Objects.requireNonNullElse(now.pendingGeneration(), 0L), by);
        journal.audit("token.key-renewed", change);
        return now;
    }

    /// Revokes the keys of a token that keeps its assignment. A move that waits ends.
    @Transactional(propagation = Propagation.MANDATORY)
    public TokenRow withdrawKeys(TokenRow token, Actor by) {
        TokenRow now = token.withoutKeys();
        tokens.place(now);
        evaluationKeys.revoke(now.accountId(), now.id(), by);
        return now;
    }

    private TokenRow end(TokenRow token, String because, Actor by) {
        history.end(token.id(), clock.instant(), because);
        TokenRow now = token.assignedTo(null);
        tokens.place(now);
        evaluationKeys.revoke(token.accountId(), token.id(), by);
        return now;
    }

    private TokenRow begin(TokenRow token, ModelRow model) {
        requireUsable(token);
        TokenRow now = token.assignedTo(model.id());
        tokens.place(now);
        history.begin(now.accountId(), now.id(), model.id(), now.generation(), clock.instant());
        return now;
    }

    void requireUsable(TokenRow token) {
        if (!token.isUsable(clock.instant())) {
            throw new ProblemException(
                    ProblemCode.TOKEN_NOT_USABLE, "The token " + token.name() + " is canceled or expired and cannot be assigned.");
        }
    }
}
