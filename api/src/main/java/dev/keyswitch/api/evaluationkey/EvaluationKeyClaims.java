package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.EvaluationKeyId;
import dev.keyswitch.api.account.Accounts;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Actor;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyClaim;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.event.EventType;
import dev.keyswitch.contract.event.KeyCause;
import dev.keyswitch.contract.problem.ProblemCode;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;

/// Who makes an evaluation key, and for how long: claims under a lease, signs of life, giving up, asking again.
@Singleton
class EvaluationKeyClaims {

    private final EvaluationKeyRepository repository;
    private final EvaluationKeyLocks locks;
    private final EvaluationKeyJournal journal;
    private final Accounts accounts;
    private final EvaluationKeyConfiguration times;
    private final Clock clock;

    EvaluationKeyClaims(
            EvaluationKeyRepository repository,
            EvaluationKeyLocks locks,
            EvaluationKeyJournal journal,
            Accounts accounts,
            EvaluationKeyConfiguration times,
            Clock clock) {
        this.repository = repository;
        this.locks = locks;
        this.journal = journal;
        this.accounts = accounts;
        this.times = times;
        this.clock = clock;
    }

    /// What a claim must say, once it is known to say it.
    ///
    /// @param takeOver whether a lease of this worker's name may be taken over
    record Claim(long generation, String rootFingerprint, String worker, boolean takeOver) {

        private boolean succeeds(EvaluationKeyRow row) {
            return takeOver && worker.equals(row.claimedBy());
        }
    }

    @Transactional
    EvaluationKeyClaim claim(Scope scope, EvaluationKeyId id, Claim claim, Actor by) {
        FencedKey key = locks.lock(scope, id);
        requireHolder(key.row(), claim.rootFingerprint());
        key.requireWanted(claim.generation());
        Instant now = clock.instant();
        requireFree(key, claim, now);
        repository.claim(id, claim.worker(), claim.rootFingerprint(), now, now.plus(times.lease()));
        EvaluationKeyRow claimed = journal.changed(EventType.EVALUATION_KEY_GENERATING, key.row(), by);
        return new EvaluationKeyClaim(
                accounts.deploymentId(),
                id.value(),
                claimed.tokenId().value(),
                claimed.modelId().value(),
                claimed.generation(),
                claimed.attempt(),
                claimed.encryptionProfile(),
                Objects.requireNonNull(claimed.leaseUntil()));
    }

    private void requireHolder(EvaluationKeyRow key, String fingerprint) {
        String expected = repository
                .fingerprint(key.holderId())
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.HOLDER_WITHOUT_ROOT_KEY,
                        "The key holder of this token has no root key fingerprint yet; set it on the holder first."));
        if (!expected.equals(fingerprint)) {
            throw new ProblemException(
                    ProblemCode.HOLDER_MISMATCH, "This is not the fingerprint of the root key of this token's key holder.");
        }
    }

    private static void requireFree(FencedKey key, Claim claim, Instant now) {
        EvaluationKeyRow row = key.row();
        switch (row.state()) {
            case REQUESTED -> {}
            case GENERATING -> {
                Instant leaseUntil = Objects.requireNonNull(row.leaseUntil());
                if (leaseUntil.isAfter(now) && !claim.succeeds(row)) {
                    throw new ProblemException(
                                    ProblemCode.EVALUATION_KEY_CLAIMED,
                                    "The worker " + row.claimedBy() + " makes this evaluation key; its lease lasts until "
                                            + leaseUntil + " unless it is prolonged.")
                            .withFact("leaseUntil", leaseUntil);
                }
            }
            case READY, FAILED, SUPERSEDED, REVOKED ->
                throw key.wrongState("The evaluation key is " + row.state() + "; only a requested one can be claimed.");
        }
    }

    /// A sign of life. It prolongs the lease of the present attempt, also one that ran out without anybody taking over.
    @Transactional
    EvaluationKey progress(Scope scope, EvaluationKeyId id, int attempt, int percent, Actor by) {
        Instant leaseUntil = clock.instant().plus(times.lease());
        if (repository.prolong(scope.account(), id, scope.holderText(), attempt, percent, leaseUntil) == 1) {
            return repository.findById(id).orElseThrow().toContract();
        }
        FencedKey key = locks.lock(scope, id);
        key.requireCurrent(attempt);
        repository.resume(id, percent, leaseUntil);
        return journal.changed(EventType.EVALUATION_KEY_GENERATING, key.row(), by).toContract();
    }

    /// Gives up. The same attempt may say so twice; the second time changes nothing.
    @Transactional
    EvaluationKey fail(Scope scope, EvaluationKeyId id, int attempt, String reason, Actor by) {
        FencedKey key = locks.lock(scope, id);
        if (key.row().state() == EvaluationKeyState.FAILED && key.row().attempt() == attempt) {
            return key.row().toContract();
        }
        key.requireCurrent(attempt);
        repository.fail(id, reason);
        return journal.changed(EventType.EVALUATION_KEY_FAILED, key.row(), by).toContract();
    }

    /// Hands the work back: other workers hear of it at once.
    @Transactional
    EvaluationKey release(Scope scope, EvaluationKeyId id, int attempt, Actor by) {
        FencedKey key = locks.lock(scope, id);
        key.requireCurrent(attempt);
        repository.release(id, clock.instant());
        return journal.requested(key.row(), KeyCause.RELEASED, by).toContract();
    }

    /// Asks again for a key that was given up.
    @Transactional
    EvaluationKey retry(Scope scope, EvaluationKeyId id, Actor by) {
        FencedKey key = locks.lock(scope, id);
        if (key.row().state() != EvaluationKeyState.FAILED) {
            throw key.wrongState("The evaluation key is " + key.row().state() + "; only a failed one can be asked for again.");
        }
        repository.retry(id, clock.instant());
        return journal.requested(key.row(), KeyCause.RETRIED, by).toContract();
    }
}
