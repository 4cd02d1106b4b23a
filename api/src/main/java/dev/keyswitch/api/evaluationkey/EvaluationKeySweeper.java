package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.security.Actor;
import dev.keyswitch.contract.event.KeyCause;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// Asks again for evaluation keys that would otherwise never come: the lease ran out, the request was never taken up, whatever
/// became of its event, or a worker gave it up, which may pass. Safe on any number of nodes.
@Singleton
final class EvaluationKeySweeper {

    private static final int BATCH = 100;
    private static final int BATCHES = 10;

    private final SweepRepository repository;
    private final EvaluationKeyJournal journal;
    private final EvaluationKeyConfiguration times;
    private final TransactionOperations<Connection> transactions;
    private final Clock clock;

    EvaluationKeySweeper(
            SweepRepository repository,
            EvaluationKeyJournal journal,
            EvaluationKeyConfiguration times,
            TransactionOperations<Connection> transactions,
            Clock clock) {
        this.repository = repository;
        this.journal = journal;
        this.times = times;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// @return how many keys are asked for again because their lease was lost
    int releaseLostLeases() {
        return inBatches(() -> {
            Instant now = clock.instant();
            List<EvaluationKeyRow> lost = repository.lockLostLeases(now, BATCH);
            for (EvaluationKeyRow key : lost) {
                repository.release(key.id(), now);
                journal.requested(key, KeyCause.SWEPT, Actor.system());
            }
            return lost.size();
        });
    }

    /// @return how many requests were announced again
    int announceForgottenRequests() {
        return inBatches(() -> {
            Instant now = clock.instant();
            List<EvaluationKeyRow> forgotten =
                    repository.lockForgottenRequests(now, now.minus(times.announceAfter()), BATCH);
            for (EvaluationKeyRow key : forgotten) {
                repository.announced(key.id(), now);
                journal.requested(key, KeyCause.SWEPT, Actor.system());
            }
            return forgotten.size();
        });
    }

    /// @return how many keys that failed are asked for again
    int retryFailed() {
        return inBatches(() -> {
            Instant now = clock.instant();
            List<EvaluationKeyRow> failed =
                    repository.lockFailed(now, now.minus(times.retryAfter()), times.retries(), BATCH);
            for (EvaluationKeyRow key : failed) {
                repository.retry(key.id(), now);
                journal.requested(key, KeyCause.SWEPT, Actor.system());
            }
            return failed.size();
        });
    }

    /// One transaction per batch, and not for ever: what is left, the next sweep takes.
    private int inBatches(Batch batch) {
        int total = 0;
        for (int i = 0; i < BATCHES; i++) {
            int done = transactions.executeWrite(status -> batch.run());
            total += done;
            if (done < BATCH) {
                break;
            }
        }
        return total;
    }

    private interface Batch {
        int run();
    }
}
