package dev.keyswitch.sdk;

import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.token.PendingReassignment;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.EvaluationKeyNotReadyException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks again and again, first often (a small key takes a second), then once a second, until one evaluation key is
/// READY. A server that is away for less than a minute, to be restarted say, does not end the waiting.
final class ReadyWait {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_ABSENCE = Duration.ofMinutes(1);

    private static final String UNASSIGNED = "The token is not assigned, so no evaluation key is made for it";

    /// The token, and the id of the request that told it.
    record Seen(Token token, String requestId) {}

    private final RetryPolicy policy;
    private final Supplier<Seen> ask;
    private @Nullable Instant awaySince;

    ReadyWait(RetryPolicy policy, Supplier<Seen> ask) {
        this.policy = policy;
        this.ask = ask;
    }

    /// @param known the token as the caller knows it, or null to begin with what the server says now
    EvaluationKey await(@Nullable Token known, Duration timeout, Consumer<EvaluationKey> onChange) {
        Instant deadline = policy.clock().instant().plus(timeout);
        Seen seen = known != null ? new Seen(known, "") : ask.get();
        EvaluationKey awaited = wanted(seen);
        EvaluationKey told = null;
        for (Duration pause = FIRST_PAUSE; ; pause = longer(pause)) {
            EvaluationKey now = find(seen, awaited);
            if (differs(told, now)) {
                onChange.accept(now);
                told = now;
            }
            if (now.state() == EvaluationKeyState.READY) {
                return now;
            }
            refuseFinalState(now, seen.requestId());
            if (!policy.clock().instant().isBefore(deadline)) {
                String sentence = "The evaluation key is not ready after " + seconds(timeout);
                throw new EvaluationKeyNotReadyException(Reason.TIMED_OUT, sentence, seen.requestId(), now);
            }
            policy.sleep(pause, seen.requestId());
            seen = next(seen);
        }
    }

    /// What the server says now, or what it said last while it is away.
    private Seen next(Seen last) {
        try {
            Seen seen = ask.get();
            awaySince = null;
            return seen;
        } catch (ConnectionException | ProblemException failure) {
            Instant now = policy.clock().instant();
            awaySince = awaySince == null ? now : awaySince;
            if (!isAbsence(failure) || Duration.between(awaySince, now).compareTo(LONGEST_ABSENCE) > 0) {
                throw failure;
            }
            return last;
        }
    }

    private static boolean isAbsence(KeyswitchException failure) {
        return failure instanceof ProblemException problem
                ? RetryPolicy.isTransient(problem.status())
                : !Thread.currentThread().isInterrupted();
    }

    /// The key of a move that waits, if there is one; otherwise that of the present assignment.
    private static EvaluationKey wanted(Seen seen) {
        PendingReassignment move = seen.token().pendingReassignment();
        EvaluationKey key = move != null ? move.evaluationKey() : seen.token().evaluationKey();
        if (key == null) {
            throw new EvaluationKeyNotReadyException(Reason.NOT_ASSIGNED, UNASSIGNED, seen.requestId(), null);
        }
        return key;
    }

    private static EvaluationKey find(Seen seen, EvaluationKey awaited) {
        PendingReassignment move = seen.token().pendingReassignment();
        if (move != null && move.evaluationKey().id().equals(awaited.id())) {
            return move.evaluationKey();
        }
        EvaluationKey now = seen.token().evaluationKey();
        if (now != null && now.id().equals(awaited.id())) {
            return now;
        }
        throw new EvaluationKeyNotReadyException(Reason.REPLACED, replaced(now, awaited), seen.requestId(), awaited);
    }

    private static String replaced(@Nullable EvaluationKey now, EvaluationKey awaited) {
        if (now == null) {
            return UNASSIGNED;
        }
        return now.generation() < awaited.generation()
                ? "The move that was waited for is canceled; the token stays with its model"
                : "Generation %d took the place of generation %d, which was waited for"
                        .formatted(now.generation(), awaited.generation());
    }

    private static void refuseFinalState(EvaluationKey now, String requestId) {
        switch (now.state()) {
            case REQUESTED, GENERATING, READY -> {}
            case FAILED -> {
                String why = Objects.requireNonNullElse(now.failure(), "no reason was given");
                String sentence = "The evaluation key could not be made: " + why;
                throw new EvaluationKeyNotReadyException(Reason.FAILED, sentence, requestId, now);
            }
            case SUPERSEDED, REVOKED -> {
                String sentence = "The evaluation key was withdrawn while it was waited for";
                throw new EvaluationKeyNotReadyException(Reason.REPLACED, sentence, requestId, now);
            }
        }
    }

    private static boolean differs(@Nullable EvaluationKey before, EvaluationKey now) {
        return before == null
                || before.state() != now.state()
                || before.attempt() != now.attempt()
                || before.progressPercent() != now.progressPercent();
    }

    private static Duration longer(Duration pause) {
        Duration next = pause.multipliedBy(5).dividedBy(4);
        return next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0
                ? duration.toSeconds() + " s"
                : "%.1f s".formatted(duration.toMillis() / 1000.0);
    }
}
