package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.EvaluationKeyId;
import dev.keyswitch.api.problem.ProblemException;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;

/// Locks the token, then the evaluation key, until the transaction ends. Whoever decides anything about a key does it in
/// between.
@Singleton
class EvaluationKeyLocks {

    private final EvaluationKeyRepository repository;

    EvaluationKeyLocks(EvaluationKeyRepository repository) {
        this.repository = repository;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    LockedKey lock(Scope scope, EvaluationKeyId id) {
        long newest = repository
                .lockToken(scope.account(), id, scope.holderText())
                .orElseThrow(() -> ProblemException.notFound("evaluation key"));
        return new LockedKey(repository.lock(id), newest);
    }
}
