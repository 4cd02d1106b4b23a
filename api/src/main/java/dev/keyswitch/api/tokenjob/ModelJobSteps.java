package dev.keyswitch.api.tokenjob;

import dev.keyswitch.api.assignment.Assignments;
import dev.keyswitch.api.assignment.Moves;
import dev.keyswitch.api.evaluationkey.EvaluationKeyRequests;
import dev.keyswitch.api.model.ModelDeletion;
import dev.keyswitch.api.model.ModelRow;
import dev.keyswitch.api.model.Models;
import dev.keyswitch.api.security.Actor;
import dev.keyswitch.api.token.TokenRow;
import dev.keyswitch.contract.event.KeyCause;
import dev.keyswitch.contract.model.ModelStatus;
import dev.keyswitch.contract.token.TokenStatus;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// What changes of a model mean for a token that is assigned to it or about to move to it.
@Singleton
class ModelJobSteps implements TokenJobSteps {

    private final TokenJobRepository repository;
    private final Assignments assignments;
    private final Moves moves;
    private final EvaluationKeyRequests evaluationKeys;
    private final Models models;
    private final ModelDeletion deletion;

    ModelJobSteps(
            TokenJobRepository repository,
            Assignments assignments,
            Moves moves,
            EvaluationKeyRequests evaluationKeys,
            Models models,
            ModelDeletion deletion) {
        this.repository = repository;
        this.assignments = assignments;
        this.moves = moves;
        this.evaluationKeys = evaluationKeys;
        this.models = models;
        this.deletion = deletion;
    }

    @Override
    public Set<TokenJobKind> kinds() {
        return EnumSet.of(TokenJobKind.RENEW_KEYS, TokenJobKind.UNASSIGN_TOKENS, TokenJobKind.CANCEL_MOVES);
    }

    @Override
    public List<UUID> next(TokenJobRow job, int limit) {
        return repository.tokens(job.model(), job.afterToken(), limit);
    }

    @Override
    public void tell(TokenJobRow job, TokenRow token) {
        if (job.kind() == TokenJobKind.RENEW_KEYS) {
            renew(job, token);
        } else if (job.kind() == TokenJobKind.UNASSIGN_TOKENS && job.model().equals(token.modelId())) {
            assignments.unassign(token, job.actor());
        } else {
            cancelMove(job, token);
        }
    }

    @Override
    public void finish(TokenJobRow job) {
        if (job.kind() == TokenJobKind.UNASSIGN_TOKENS) {
            deletion.finish(job.accountId(), job.model(), job.actor());
        }
    }

    /// The model may be active again by now; what waits then was asked for since.
    private void cancelMove(TokenJobRow job, TokenRow token) {
        boolean isOpen = models.findHeld(job.accountId(), job.model())
                .filter(model -> model.status() == ModelStatus.ACTIVE)
                .isPresent();
        if (job.model().equals(token.pendingModelId()) && !(isOpen && isNewer(token, job))) {
            moves.cancel(token, job.actor());
        }
    }

    private static boolean isNewer(TokenRow token, TokenJobRow job) {
        return token.pendingSince() != null && token.pendingSince().isAfter(job.requestedAt());
    }

    /// The token may have got another model, or none, since it was looked up.
    private void renew(TokenJobRow job, TokenRow token) {
        Optional<ModelRow> model = models.findHeld(job.accountId(), job.model());
        if (model.isEmpty() || token.status() == TokenStatus.CANCELED) {
            return;
        }
        Actor by = job.actor();
        String digest = model.get().profileDigest();
        if (job.model().equals(token.pendingModelId())) {
            if (!evaluationKeys.isPendingFor(token.accountId(), token.id(), digest)) {
                moves.renewKey(token, KeyCause.PROFILE_CHANGED, by);
            }
        } else if (job.model().equals(token.modelId()) && !evaluationKeys.isPresentFor(token.accountId(), token.id(), digest)) {
            assignments.renewKey(token, KeyCause.PROFILE_CHANGED, by);
        }
    }
}
