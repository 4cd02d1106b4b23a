package dev.keyswitch.api.model;

import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.audit.Audit;
import dev.keyswitch.api.audit.AuditEntry;
import dev.keyswitch.api.http.Fields;
import dev.keyswitch.api.http.IfMatch;
import dev.keyswitch.api.http.Versioned;
import dev.keyswitch.api.outbox.Outbox;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.api.tokenjob.TokenJobKind;
import dev.keyswitch.api.tokenjob.TokenJobs;
import dev.keyswitch.contract.event.EventType;
import dev.keyswitch.contract.model.ChangeModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.ModelStatus;
import dev.keyswitch.contract.problem.ProblemCode;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;

/// Changes models. What a change means for each token of the model is left to a job. No token is locked here: tokens come
/// before models.
@Singleton
class ModelChanges {

    private final ModelRepository repository;
    private final Models models;
    private final TokenJobs jobs;
    private final Outbox outbox;
    private final Audit audit;
    private final Clock clock;

    ModelChanges(
            ModelRepository repository, Models models, TokenJobs jobs, Outbox outbox, Audit audit, Clock clock) {
        this.repository = repository;
        this.models = models;
        this.jobs = jobs;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    Versioned<Model> change(Caller caller, ModelId id, ChangeModel wanted, IfMatch condition) {
        ModelRow before = lock(caller, id, condition);
        ModelRow after = before.called(
                wanted.name() == null ? before.name() : Fields.name("/name", wanted.name()),
                wanted.description() == null
                        ? before.description()
                        : Fields.text("/description", wanted.description(), Models.MAX_DESCRIPTION),
                clock.instant());
        if (after.name().equals(before.name()) && after.description().equals(before.description())) {
            return models.answer(before);
        }
        Models.storing(after.name(), () -> repository.change(after));
        return told(EventType.MODEL_UPDATED, "model.changed", caller, before, after);
    }

    /// An inactive model keeps its tokens, which cannot query it; moves to it that wait are canceled.
    @Transactional
    Versioned<Model> turn(Caller caller, ModelId id, ModelStatus wanted, IfMatch condition) {
        ModelRow before = lock(caller, id, condition);
        if (before.status() == wanted) {
            return models.answer(before);
        }
        if (before.deletionRequestedAt() != null) {
            throw new ProblemException(ProblemCode.CONFLICT, "The model " + before.name() + " is being deleted.");
        }
        ModelRow after = before.in(wanted, clock.instant());
        repository.change(after);
        if (wanted == ModelStatus.INACTIVE && repository.countMoves(id) > 0) {
            jobs.begin(after.accountId(), id, TokenJobKind.CANCEL_MOVES, caller.actor());
        }
        boolean active = wanted == ModelStatus.ACTIVE;
        return told(
                active ? EventType.MODEL_ACTIVATED : EventType.MODEL_DEACTIVATED,
                active ? "model.activated" : "model.deactivated",
                caller,
                before,
                after);
    }

    /// From now on keys are made for the new profile; the tokens that have one for the old profile get another.
    @Transactional
    Versioned<Model> compute(Caller caller, ModelId id, EncryptionProfile wanted, IfMatch condition) {
        EncryptionProfile profile = Models.resolve("", wanted);
        ModelRow before = lock(caller, id, condition);
        ModelRow after = before.computingWith(profile, clock.instant());
        if (after.profileDigest().equals(before.profileDigest())) {
            return models.answer(before);
        }
        repository.change(after);
        jobs.begin(after.accountId(), id, TokenJobKind.RENEW_KEYS, caller.actor());
        return told(EventType.MODEL_PROFILE_CHANGED, "model.profile-changed", caller, before, after);
    }

    private ModelRow lock(Caller caller, ModelId id, IfMatch condition) {
        ModelRow row = repository.lock(id, caller.account()).orElseThrow(() -> ProblemException.notFound("model"));
        condition.require(row.version());
        return row;
    }

    private Versioned<Model> told(EventType event, String action, Caller caller, ModelRow before, ModelRow after) {
        outbox.append(after.accountId(), event, after.uuid(), after.changed(caller.name()), caller.actor());
        audit.append(AuditEntry.model(after.accountId(), caller.actor(), action, after.id())
                .before(Models.facts(before))
                .after(Models.facts(after)));
        return models.answer(after);
    }
}
