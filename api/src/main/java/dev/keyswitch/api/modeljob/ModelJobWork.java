package dev.keyswitch.api.modeljob;

import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.assignment.Assignments;
import dev.keyswitch.api.assignment.Moves;
import dev.keyswitch.api.chore.Chore;
import dev.keyswitch.api.evaluationkey.EvaluationKeyRequests;
import dev.keyswitch.api.model.ModelDeletion;
import dev.keyswitch.api.model.ModelRow;
import dev.keyswitch.api.model.Models;
import dev.keyswitch.api.security.Actor;
import dev.keyswitch.api.token.TokenRepository;
import dev.keyswitch.api.token.TokenRow;
import dev.keyswitch.contract.event.KeyCause;
import dev.keyswitch.contract.model.ModelJob;
import dev.keyswitch.contract.model.ModelStatus;
import dev.keyswitch.contract.token.TokenStatus;
import io.micronaut.context.annotation.Value;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on jobs, a few tokens per transaction: what is committed is done, and a crash loses nothing else. Doing a token twice
/// changes nothing the second time. Any number of nodes may work; each job is one node's at a time.
@Singleton
class ModelJobWork implements Chore {

    private static final Logger LOG = LoggerFactory.getLogger(ModelJobWork.class);
    private static final int BATCH = 20;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final ModelJobRepository repository;
    private final TokenRepository tokens;
    private final Assignments assignments;
    private final Moves moves;
    private final EvaluationKeyRequests evaluationKeys;
    private final Models models;
    private final ModelDeletion deletion;
    private final TransactionOperations<Connection> transactions;
    private final Duration every;
    private final Clock clock;

    ModelJobWork(
            ModelJobRepository repository,
            TokenRepository tokens,
            Assignments assignments,
            Moves moves,
            EvaluationKeyRequests evaluationKeys,
            Models models,
            ModelDeletion deletion,
            TransactionOperations<Connection> transactions,
            @Value("${keyswitch.model.work-every:1s}") Duration every,
            Clock clock) {
        this.repository = repository;
        this.tokens = tokens;
        this.assignments = assignments;
        this.moves = moves;
        this.evaluationKeys = evaluationKeys;
        this.models = models;
        this.deletion = deletion;
        this.transactions = transactions;
        this.every = every;
        this.clock = clock;
    }

    @Override
    public String description() {
        return "tokens were told of changes of their model";
    }

    @Override
    public Duration every() {
        return every;
    }

    @Override
    public int step() {
        AtomicReference<@Nullable ModelJobRow> current = new AtomicReference<>();
        try {
            return transactions.executeWrite(status -> repository
                    .lockNext(clock.instant())
                    .map(job -> {
                        current.set(job);
                        return work(job);
                    })
                    .orElse(0));
        } catch (RuntimeException e) {
            ModelJobRow job = current.get();
            if (job == null) {
                throw e;
            }
            LOG.warn("a job did not get on, will be tried again job={} model={}", job.id(), job.modelId(), e);
            transactions.executeWrite(status ->
                    repository.failed(job.id(), e.getClass().getSimpleName(), clock.instant().plus(pause(job.attempts()))));
            return 0;
        }
    }

    private static Duration pause(int attempts) {
        Duration pause = Duration.ofSeconds(1L << Math.min(attempts, 10));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private int work(ModelJobRow job) {
        List<UUID> batch = repository.tokens(job.modelId(), job.afterToken(), BATCH);
        for (UUID token : batch) {
            tokens.lock(new TokenId(token), job.accountId()).ifPresent(row -> tell(job, row));
        }
        Instant now = clock.instant();
        if (!batch.isEmpty()) {
            repository.advance(job.id(), new TokenId(batch.getLast()), batch.size(), now);
        } else {
            if (job.kind() == ModelJob.Kind.UNASSIGN_TOKENS) {
                deletion.finish(job.accountId(), job.modelId(), job.actor());
            }
            repository.finish(job.id(), now);
        }
        return Math.max(1, batch.size());
    }

    private void tell(ModelJobRow job, TokenRow token) {
        switch (job.kind()) {
            case RENEW_KEYS -> renew(job, token);
            case UNASSIGN_TOKENS -> {
                if (job.modelId().equals(token.modelId())) {
                    assignments.unassign(token, job.actor());
                } else {
                    cancelMove(job, token);
                }
            }
            case CANCEL_MOVES -> cancelMove(job, token);
        }
    }

    /// The model may be active again by now; what waits then was asked for since.
    private void cancelMove(ModelJobRow job, TokenRow token) {
        boolean isOpen = models.findHeld(job.accountId(), job.modelId())
                .filter(model -> model.status() == ModelStatus.ACTIVE)
                .isPresent();
        if (job.modelId().equals(token.pendingModelId()) && !(isOpen && isNewer(token, job))) {
            moves.cancel(token, job.actor());
        }
    }

    private static boolean isNewer(TokenRow token, ModelJobRow job) {
        return token.pendingSince() != null && token.pendingSince().isAfter(job.requestedAt());
    }

    private void renew(ModelJobRow job, TokenRow token) {
        Optional<ModelRow> model = models.findHeld(job.accountId(), job.modelId());
        if (model.isEmpty() || token.status() == TokenStatus.CANCELED) {
            return;
        }
        Actor by = job.actor();
        String digest = model.get().profileDigest();
        if (job.modelId().equals(token.pendingModelId())) {
            if (!evaluationKeys.isPendingFor(token.accountId(), token.id(), digest)) {
                moves.renewKey(token, KeyCause.PROFILE_CHANGED, by);
            }
        } else if (!evaluationKeys.isPresentFor(token.accountId(), token.id(), digest)) {
            assignments.renewKey(token, KeyCause.PROFILE_CHANGED, by);
        }
    }
}
