package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.audit.Audit;
import dev.keyswitch.api.audit.AuditEntry;
import dev.keyswitch.api.outbox.Outbox;
import dev.keyswitch.api.security.Actor;
import dev.keyswitch.contract.event.EvaluationKeyChanged;
import dev.keyswitch.contract.event.EventType;
import dev.keyswitch.contract.event.KeyCause;
import dev.keyswitch.contract.event.KeyJob;
import dev.keyswitch.contract.token.AssignmentMode;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.Map;

/// Tells the world and the audit trail what became of an evaluation key, in the transaction that changed it and under its
/// token's lock.
@Singleton
final class EvaluationKeyJournal {

    private final EvaluationKeyRepository repository;
    private final Outbox outbox;
    private final Audit audit;

    EvaluationKeyJournal(EvaluationKeyRepository repository, Outbox outbox, Audit audit) {
        this.repository = repository;
        this.outbox = outbox;
        this.audit = audit;
    }

    /// @param before the row as it was before the change
    /// @return the row as it is now
    EvaluationKeyRow changed(EventType event, EvaluationKeyRow before, Actor by) {
        EvaluationKeyRow now = repository.findById(before.id()).orElseThrow();
        EvaluationKeyChanged data = new EvaluationKeyChanged(
                now.accountId().value(),
                now.id().value(),
                now.tokenId().value(),
                now.modelId().value(),
                now.holderId().value(),
                now.generation(),
                now.attempt(),
                now.state(),
                now.sizeBytes(),
                now.sha256(),
                now.failure());
        outbox.append(now.accountId(), event, now.tokenId().value(), data, by);
        write(event, before, now, by);
        return now;
    }

    /// Asks workers for the key once more; the first time, `token.assigned` or `token.reassigned` did.
    EvaluationKeyRow requested(EvaluationKeyRow before, KeyCause cause, Actor by) {
        EvaluationKeyRow now = repository.findById(before.id()).orElseThrow();
        KeyJob job = new KeyJob(
                now.accountId().value(),
                now.tokenId().value(),
                now.holderId().value(),
                null,
                now.modelId().value(),
                now.generation(),
                AssignmentMode.IMMEDIATE,
                now.custody(),
                now.id().value(),
                now.profileDigest(),
                cause,
                by.name());
        outbox.append(now.accountId(), EventType.EVALUATION_KEY_REQUESTED, now.tokenId().value(), job, by);
        // A request that is only announced again is no change.
        if (before.state() != now.state()) {
            write(EventType.EVALUATION_KEY_REQUESTED, before, now, by);
        }
        return now;
    }

    private void write(EventType event, EvaluationKeyRow before, EvaluationKeyRow now, Actor by) {
        String action = event.name().substring("EVALUATION_KEY_".length()).toLowerCase(Locale.ROOT);
        audit.append(AuditEntry.token(now.accountId(), by, "evaluation-key." + action, now.tokenId(), now.modelId())
                .before(facts(before))
                .after(facts(now)));
    }

    private static Map<String, Object> facts(EvaluationKeyRow key) {
        return Map.of(
                "evaluationKeyId", key.id().value(),
                "generation", key.generation(),
                "state", key.state(),
                "attempt", key.attempt());
    }
}
