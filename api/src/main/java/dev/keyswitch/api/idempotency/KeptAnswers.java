package dev.keyswitch.api.idempotency;

import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.contract.problem.ProblemCode;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The answers of the last 24 hours.
@Singleton
final class KeptAnswers {

    private static final Duration KEPT_FOR = Duration.ofHours(24);
    private static final int BATCH = 1000;

    private final KeptAnswerRepository repository;
    private final AnswerSeal seal;
    private final TransactionOperations<Connection> transactions;
    private final Clock clock;

    KeptAnswers(
            KeptAnswerRepository repository, AnswerSeal seal, TransactionOperations<Connection> transactions, Clock clock) {
        this.repository = repository;
        this.seal = seal;
        this.transactions = transactions;
        this.clock = clock;
    }

    /// Lets one of several equal calls pass, until the caller's transaction ends. The others are told to come again, not to wait:
    /// a waiting call would hold a connection to the database, of which there are few.
    void passAlone(IdempotentCall call) {
        if (!repository.tryLock(call.lock())) {
            throw new ProblemException(
                    ProblemCode.IDEMPOTENCY_IN_PROGRESS,
                    "A call with this Idempotency-Key is being worked on. Ask again in a moment for its answer.");
        }
    }

    /// The answer to this call, if it had one.
    Optional<KeptAnswer> find(IdempotentCall call) {
        return repository.find(call.by(), call.keyHash(), since()).map(row -> {
            if (!call.isSameAs(row.fingerprint())) {
                throw new ProblemException(
                        ProblemCode.IDEMPOTENCY_KEY_REUSED,
                        "This Idempotency-Key belongs to another call: method, path and body must be the same. Take a new key.");
            }
            return seal.open(call, row.answer());
        });
    }

    /// @return false if another answer is kept already, which then is the one to give
    boolean keep(IdempotentCall call, KeptAnswer answer) {
        byte[] sealed = seal.seal(call, answer);
        return repository.keep(call.by(), call.keyHash(), call.fingerprint(), sealed, clock.instant(), since()) == 1;
    }

    /// Deletes the answers that are no longer given.
    int forgetOld() {
        int total = 0;
        int forgotten = BATCH;
        while (forgotten == BATCH) {
            forgotten = transactions.executeWrite(status -> repository.forget(since(), BATCH));
            total += forgotten;
        }
        return total;
    }

    private Instant since() {
        return clock.instant().minus(KEPT_FOR);
    }
}
