package dev.keyswitch.api.tokenjob;

import dev.keyswitch.api.assignment.Assignments;
import dev.keyswitch.api.assignment.Moves;
import dev.keyswitch.api.evaluationkey.EvaluationKeyRequests;
import dev.keyswitch.api.token.TokenRow;
import dev.keyswitch.contract.event.KeyCause;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// Replaces evaluation keys that were made from a former root key of their holder, or are being made from it, be it by an attempt that lost its
/// lease and may come back. Those that nobody has begun to make come from the present one anyway, for claims with another fingerprint are refused.
///
/// A token cannot query from the moment its key is replaced until the new one is READY. So no more keys are replaced than workers will soon
/// have made, and none while no worker makes any.
@Singleton
class RootKeyRotationSteps implements TokenJobSteps {

    private static final int AT_ONCE = 50;

    private final TokenJobRepository repository;
    private final Assignments assignments;
    private final Moves moves;
    private final EvaluationKeyRequests evaluationKeys;

    RootKeyRotationSteps(
            TokenJobRepository repository,
            Assignments assignments,
            Moves moves,
            EvaluationKeyRequests evaluationKeys) {
        this.repository = repository;
        this.assignments = assignments;
        this.moves = moves;
        this.evaluationKeys = evaluationKeys;
    }

    @Override
    public Set<TokenJobKind> kinds() {
        return EnumSet.of(TokenJobKind.ROTATE_ROOT_KEY);
    }

    @Override
    public boolean mustWait(TokenJobRow job) {
        return repository.countWaitingKeys(job.holder(), AT_ONCE) >= AT_ONCE;
    }

    @Override
    public List<UUID> next(TokenJobRow job, int limit) {
        return repository.tokens(job.holder(), job.afterToken(), limit);
    }

    /// The token may have got another model, another key holder or none since it was looked up.
    @Override
    public void tell(TokenJobRow job, TokenRow token) {
        if (!job.holder().equals(token.holderId()) || token.modelId() == null) {
            return;
        }
        TokenRow now = evaluationKeys.isPresentFromFormerRoot(token.accountId(), token.id())
                ? assignments.renewKey(token, KeyCause.ROOT_KEY_ROTATED, job.actor())
                : token;
        if (evaluationKeys.isPendingFromFormerRoot(now.accountId(), now.id())) {
            moves.renewKey(now, KeyCause.ROOT_KEY_ROTATED, job.actor());
        }
    }
}
