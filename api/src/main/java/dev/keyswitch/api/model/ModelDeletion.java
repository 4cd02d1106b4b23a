package dev.keyswitch.api.model;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.audit.Audit;
import dev.keyswitch.api.audit.AuditEntry;
import dev.keyswitch.api.http.IfMatch;
import dev.keyswitch.api.http.Versioned;
import dev.keyswitch.api.outbox.Outbox;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Actor;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.api.tokenjob.TokenJobKind;
import dev.keyswitch.api.tokenjob.TokenJobs;
import dev.keyswitch.contract.event.EventType;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.ModelStatus;
import dev.keyswitch.contract.problem.ProblemCode;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/// Deletes models. One that has tokens goes in two steps: from the request on nothing is assigned to it any more and nobody may
/// query it; when a job has unassigned the last token, it is gone.
@Singleton
public class ModelDeletion {

    private final ModelRepository repository;
    private final Models models;
    private final TokenJobs jobs;
    private final Outbox outbox;
    private final Audit audit;
    private final Clock clock;

    ModelDeletion(
            ModelRepository repository, Models models, TokenJobs jobs, Outbox outbox, Audit audit, Clock clock) {
        this.repository = repository;
        this.models = models;
        this.jobs = jobs;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /// Refused while tokens are assigned, unless they are to be unassigned. The lock keeps assignments out until it is decided.
    ///
    /// @return the model if it is still there, with the job that has begun
    @Transactional
    Optional<Versioned<Model>> delete(Caller caller, ModelId id, boolean unassignTokens, IfMatch condition) {
        ModelRow row =
                repository.lock(id, caller.account()).orElseThrow(() -> ProblemException.notFound("model"));
        condition.require(row.version());
        long tokens = repository.countTokens(id);
        if (tokens == 0) {
            remove(row, caller.actor());
            if (repository.countMoves(id) > 0) {
                jobs.begin(row.accountId(), id, TokenJobKind.CANCEL_MOVES, caller.actor());
            }
            return Optional.empty();
        }
        if (!unassignTokens) {
            throw new ProblemException(
                            ProblemCode.MODEL_HAS_TOKENS,
                            "Tokens are assigned to the model " + row.name() + ": " + tokens
                                    + ". Remove or reassign them first, or delete with unassignTokens=true.")
                    .withFact("tokenCount", tokens);
        }
        return Optional.of(models.answer(row.deletionRequestedAt() == null ? begin(row, caller.actor()) : row));
    }

    private ModelRow begin(ModelRow row, Actor by) {
        ModelRow closed = row.in(ModelStatus.INACTIVE, clock.instant());
        repository.change(closed);
        repository.requestDeletion(row.id(), clock.instant());
        jobs.begin(row.accountId(), row.id(), TokenJobKind.UNASSIGN_TOKENS, by);
        if (row.status() == ModelStatus.ACTIVE) {
            outbox.append(row.accountId(), EventType.MODEL_DEACTIVATED, row.uuid(), closed.changed(by.name()), by);
        }
        audit.append(AuditEntry.model(row.accountId(), by, "model.deletion-requested", row.id())
                .before(Models.facts(row))
                .after(Models.facts(closed)));
        return closed;
    }

    /// The last token is unassigned.
    @Transactional(propagation = Propagation.MANDATORY)
    public void finish(AccountId account, ModelId id, Actor by) {
        repository.lock(id, account).ifPresent(row -> remove(row, by));
    }

    private void remove(ModelRow row, Actor by) {
        repository.delete(row.id(), clock.instant());
        outbox.append(row.accountId(), EventType.MODEL_DELETED, row.uuid(), row.changed(by.name()), by);
        audit.append(AuditEntry.model(row.accountId(), by, "model.deleted", row.id()).before(Models.facts(row)));
    }
}
