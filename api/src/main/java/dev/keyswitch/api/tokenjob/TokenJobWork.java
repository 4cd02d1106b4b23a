package dev.keyswitch.api.tokenjob;

import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.chore.Chore;
import dev.keyswitch.api.token.TokenRepository;
import io.micronaut.context.annotation.Value;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on jobs, a few tokens per transaction: what is committed is done, and a crash loses nothing else. Doing a token twice
/// changes nothing the second time. Any number of nodes may work; each job is one node's at a time.
@Singleton
class TokenJobWork implements Chore {

    private static final Logger LOG = LoggerFactory.getLogger(TokenJobWork.class);
    private static final int BATCH = 20;
    private static final Duration WAIT = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final TokenJobRepository repository;
    private final TokenRepository tokens;
    private final Map<TokenJobKind, TokenJobSteps> steps = new EnumMap<>(TokenJobKind.class);
    private final TransactionOperations<Connection> transactions;
    private final Duration every;
    private final Clock clock;

    TokenJobWork(
            TokenJobRepository repository,
            TokenRepository tokens,
            List<TokenJobSteps> steps,
            TransactionOperations<Connection> transactions,
            @Value("${keyswitch.token-job.every:1s}") Duration every,
            Clock clock) {
        this.repository = repository;
        this.tokens = tokens;
        this.transactions = transactions;
        this.every = every;
        this.clock = clock;
        steps.forEach(some -> some.kinds().forEach(kind -> this.steps.put(kind, some)));
    }

    @Override
    public String description() {
        return "tokens were told of changes of their model or key holder";
    }

    @Override
    public Duration every() {
        return every;
    }

    @Override
    public int step() {
        AtomicReference<@Nullable TokenJobRow> current = new AtomicReference<>();
        try {
            return transactions.executeWrite(status -> repository
                    .lockNext(clock.instant())
                    .map(job -> {
                        current.set(job);
                        return work(job);
                    })
                    .orElse(0));
        } catch (RuntimeException e) {
            TokenJobRow job = current.get();
            if (job == null) {
                throw e;
            }
            LOG.warn(
                    "a job did not get on, will be tried again job={} kind={} model={} holder={}",
                    job.id(), job.kind(), job.modelId(), job.holderId(), e);
            transactions.executeWrite(status ->
                    repository.failed(job.id(), e.getClass().getSimpleName(), clock.instant().plus(pause(job.attempts()))));
            return 0;
        }
    }

    private static Duration pause(int attempts) {
        Duration pause = Duration.ofSeconds(1L << Math.min(attempts, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private int work(TokenJobRow job) {
        TokenJobSteps doing = Objects.requireNonNull(steps.get(job.kind()));
        Instant now = clock.instant();
        if (doing.mustWait(job)) {
            repository.postpone(job.id(), now.plus(WAIT));
            return 1;
        }
        List<UUID> batch = doing.next(job, BATCH);
        for (UUID token : batch) {
            tokens.lock(new TokenId(token), job.accountId()).ifPresent(row -> doing.tell(job, row));
        }
        if (batch.isEmpty()) {
            doing.finish(job);
            repository.finish(job.id(), now);
        } else {
            repository.advance(job.id(), new TokenId(batch.getLast()), batch.size(), now);
        }
        return Math.max(1, batch.size());
    }
}
