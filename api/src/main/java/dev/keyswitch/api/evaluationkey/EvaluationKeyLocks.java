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

    /// The same without locks: enough for an early refusal, not for a change.
    FencedKey look(Scope scope, EvaluationKeyId id) {
        EvaluationKeyRow key = repository.find(scope, id).orElseThrow(() -> ProblemException.notFound("evaluation key"));
        return new FencedKey(key, repository.newestGeneration(key.tokenId()));
    }

    @Transactional(propagation = Propagation.MANDATORY)
    FencedKey lock(Scope scope, EvaluationKeyId id) {
        long newest = repository
                .lockToken(scope.account(), id, scope.holderText())
                .orElseThrow(() -> ProblemException.notFound("evaluation key"));
        return new FencedKey(repository.lock(id), newest);
    }
}
