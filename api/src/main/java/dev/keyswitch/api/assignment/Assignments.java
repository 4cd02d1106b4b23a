package dev.keyswitch.api.assignment;

import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.audit.Audit;
import dev.keyswitch.api.audit.AuditEntry;
import dev.keyswitch.api.evaluationkey.EvaluationKeyRequests;
import dev.keyswitch.api.evaluationkey.NewEvaluationKey;
import dev.keyswitch.api.model.ModelRow;
import dev.keyswitch.api.model.Models;
import dev.keyswitch.api.outbox.Outbox;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.api.token.TokenRepository;
import dev.keyswitch.api.token.TokenRow;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.event.EventType;
import dev.keyswitch.contract.event.KeyCause;
import dev.keyswitch.contract.event.KeyJob;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.contract.token.AssignmentMode;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What changes when a token gets a model, another one, or none. Every method runs in the transaction of a caller that holds
/// the lock of the token's row (or has just inserted it), and answers the row as it is then.
///
/// Locks are taken in one order everywhere: token, model, evaluation key. The model is only held so that it stays, which many
/// assignments can do at once.
@Singleton
public class Assignments {

    private final AssignmentRepository history;
    private final TokenRepository tokens;
    private final Models models;
    private final EvaluationKeyRequests evaluationKeys;
    private final Outbox outbox;
    private final Audit audit;
    private final Clock clock;

    Assignments(
            AssignmentRepository history,
            TokenRepository tokens,
            Models models,
            EvaluationKeyRequests evaluationKeys,
            Outbox outbox,
            Audit audit,
            Clock clock) {
        this.history = history;
        this.tokens = tokens;
        this.models = models;
        this.evaluationKeys = evaluationKeys;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /// Gives an unassigned token a model.
    @Transactional(propagation = Propagation.MANDATORY)
    public TokenRow assign(Caller caller, TokenRow token, ModelId wanted) {
        ModelRow model = models.hold(caller.account(), wanted);
        TokenRow now = begin(token, model);
        EvaluationKey key = request(now, model);
        announce(EventType.TOKEN_ASSIGNED, KeyCause.ASSIGNED, token, now, model, key, caller);
        audit(caller, "token.assigned", token, now);
        return now;
    }

    /// Moves an assigned token to another model: in one step, without a moment with two models or none.
    @Transactional(propagation = Propagation.MANDATORY)
    public TokenRow reassign(Caller caller, TokenRow token, ModelId wanted) {
        ModelRow model = models.hold(caller.account(), wanted);
        history.end(token.id(), clock.instant(), "REASSIGNED");
        TokenRow now = begin(token, model);
        EvaluationKey key = request(now, model);
        // The job goes out before the farewell to the old keys: events of one token are sent one after the other.
        announce(EventType.TOKEN_REASSIGNED, KeyCause.REASSIGNED, token, now, model, key, caller);
        evaluationKeys.supersede(token.accountId(), token.id(), now.generation(), caller.actor());
        audit(caller, "token.reassigned", token, now);
        return now;
    }

    /// Ends an assignment: the token is unassigned, its evaluation keys are revoked.
    @Transactional(propagation = Propagation.MANDATORY)
    public TokenRow unassign(Caller caller, TokenRow token) {
        TokenRow now = end(caller, token, "UNASSIGNED");
        outbox.append(
                token.accountId(),
                EventType.TOKEN_UNASSIGNED,
                token.id().value(),
                now.changed(token.modelId(), caller.name()),
                caller.actor());
        audit(caller, "token.unassigned", token, now);
        return now;
    }

    /// Ends the assignment of a token that is about to be deleted, if it has one. The deletion is the event.
    @Transactional(propagation = Propagation.MANDATORY)
    public TokenRow endForDeletion(Caller caller, TokenRow token) {
        return token.modelId() == null ? token : end(caller, token, "DELETED");
    }

    private TokenRow end(Caller caller, TokenRow token, String because) {
        history.end(token.id(), clock.instant(), because);
        TokenRow now = store(token.assignedTo(null));
        evaluationKeys.revoke(token.accountId(), token.id(), caller.actor());
        return now;
    }

    private TokenRow begin(TokenRow token, ModelRow model) {
        if (!token.isUsable(clock.instant())) {
            throw new ProblemException(
                    ProblemCode.TOKEN_NOT_USABLE, "The token " + token.name() + " is canceled or expired and cannot be assigned.");
        }
        TokenRow now = store(token.assignedTo(model.id()));
        history.begin(now.accountId(), now.id(), model.id(), now.generation(), clock.instant());
        return now;
    }

    private TokenRow store(TokenRow now) {
        tokens.assign(now.id(), now.modelId(), now.generation(), now.activeGeneration(), now.version());
        return now;
    }

    private EvaluationKey request(TokenRow token, ModelRow model) {
        return evaluationKeys.request(new NewEvaluationKey(
                token.accountId(),
                token.id(),
                model.id(),
                token.holderId(),
                token.custody(),
                token.generation(),
                model.encryptionProfile()));
    }

    private void announce(
            EventType type,
            KeyCause cause,
            TokenRow before,
            TokenRow now,
            ModelRow model,
            EvaluationKey key,
            Caller caller) {
        KeyJob job = new KeyJob(
                now.accountId().value(),
                now.id().value(),
                now.holderId().value(),
                before.modelId() == null ? null : before.modelId().value(),
                model.id().value(),
                now.generation(),
                AssignmentMode.IMMEDIATE,
                now.custody(),
                key.id(),
                model.profileDigest(),
                cause,
                caller.name());
        outbox.append(now.accountId(), type, now.id().value(), job, caller.actor());
    }

    private void audit(Caller caller, String action, TokenRow before, TokenRow now) {
        ModelId about = now.modelId() == null ? before.modelId() : now.modelId();
        audit.append(AuditEntry.token(now.accountId(), caller.actor(), action, now.id(), about)
                .before(facts(before.modelId(), before.generation()))
                .after(facts(now.modelId(), now.generation())));
    }

    private static Map<String, Object> facts(@Nullable ModelId model, long generation) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("generation", generation);
        if (model != null) {
            facts.put("modelId", model.value());
        }
        return facts;
    }
}
