package dev.keyswitch.api.assignment;

import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.audit.Audit;
import dev.keyswitch.api.audit.AuditEntry;
import dev.keyswitch.api.evaluationkey.EvaluationKeyRequests;
import dev.keyswitch.api.evaluationkey.NewEvaluationKey;
import dev.keyswitch.api.model.ModelRow;
import dev.keyswitch.api.outbox.Outbox;
import dev.keyswitch.api.security.Actor;
import dev.keyswitch.api.token.TokenRow;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.event.EventType;
import dev.keyswitch.contract.event.KeyCause;
import dev.keyswitch.contract.event.KeyJob;
import dev.keyswitch.contract.token.AssignmentMode;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;

/// Asks for the evaluation keys that changes of assignments need, and tells the world and the audit trail of the changes; in
/// the transaction that makes them, under the lock of the token's row.
@Singleton
final class AssignmentJournal {

    private final EvaluationKeyRequests evaluationKeys;
    private final Outbox outbox;
    private final Audit audit;

    AssignmentJournal(EvaluationKeyRequests evaluationKeys, Outbox outbox, Audit audit) {
        this.evaluationKeys = evaluationKeys;
        this.outbox = outbox;
        this.audit = audit;
    }

    /// A token before and after a change, and who made it.
    record Change(TokenRow before, TokenRow now, Actor by) {}

    /// The key of the token's newest generation, for this model.
    EvaluationKey request(TokenRow now, ModelRow model) {
        return evaluationKeys.request(new NewEvaluationKey(
                now.accountId(),
                now.id(),
                model.id(),
                now.holderId(),
                now.custody(),
                now.generation(),
                model.encryptionProfile()));
    }

    /// Asks for a key with the event about the assignment, which is the job.
    void ask(EventType type, AssignmentMode mode, Change change, ModelRow model) {
        TokenRow now = change.now();
        ModelId before = change.before().modelId();
        KeyJob job = new KeyJob(
                now.accountId().value(),
                now.id().value(),
                now.holderId().value(),
                before == null ? null : before.value(),
                model.id().value(),
                now.generation(),
                mode,
                now.custody(),
                request(now, model).id(),
                model.profileDigest(),
                type == EventType.TOKEN_ASSIGNED ? KeyCause.ASSIGNED : KeyCause.REASSIGNED,
                change.by().name());
        outbox.append(now.accountId(), type, now.id().value(), job, change.by());
    }

    /// A change that asks for no key.
    void tell(EventType type, Change change) {
        TokenRow now = change.now();
        ModelId before = change.before().modelId();
        ModelId previous = before == null || before.equals(now.modelId()) ? null : before;
        outbox.append(
                now.accountId(), type, now.id().value(), now.changed(previous, change.by().name()), change.by());
    }

    void audit(String action, Change change) {
        TokenRow now = change.now();
        ModelId about = now.modelId() == null ? change.before().modelId() : now.modelId();
        audit.append(AuditEntry.token(now.accountId(), change.by(), action, now.id(), about)
                .before(facts(change.before()))
                .after(facts(now)));
    }

    private static Map<String, Object> facts(TokenRow token) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("generation", token.generation());
        if (token.modelId() != null) {
            facts.put("modelId", token.modelId().value());
        }
        if (token.pendingModelId() != null) {
            facts.put("pendingModelId", token.pendingModelId().value());
        }
        return facts;
    }
}
