package dev.keyswitch.sdk;

import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.EvaluationKeyNotReadyException.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Asks again and again, first often (a small key takes a second), then once a second, until one evaluation key is READY.
final class ReadyWait {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final RetryPolicy policy;
    private final Supplier<Token> ask;

    ReadyWait(RetryPolicy policy, Supplier<Token> ask) {
        this.policy = policy;
        this.ask = ask;
    }

    /// @param known the token as the caller knows it, or null to begin with what the server says now
    EvaluationKey await(@Nullable Token known, Duration timeout, Consumer<EvaluationKey> onChange) {
        Instant deadline = policy.clock().instant().plus(timeout);
        Token token = known != null ? known : ask.get();
        EvaluationKey awaited = present(token, null);
        EvaluationKey seen = null;
        for (Duration pause = FIRST_PAUSE; ; pause = longer(pause)) {
            EvaluationKey now = present(token, awaited);
            if (differs(seen, now)) {
                onChange.accept(now);
                seen = now;
            }
            if (now.state() == EvaluationKeyState.READY) {
                return now;
            }
            refuseFinalState(now);
            if (!policy.clock().instant().isBefore(deadline)) {
                throw notReady(Reason.TIMED_OUT, "The evaluation key is not ready after " + seconds(timeout), now);
            }
            policy.sleep(pause, "");
            token = ask.get();
        }
    }

    private static EvaluationKey present(Token token, @Nullable EvaluationKey awaited) {
        EvaluationKey now = token.evaluationKey();
        if (now == null) {
            Reason reason = awaited == null ? Reason.NOT_ASSIGNED : Reason.REPLACED;
            throw notReady(reason, "The token is not assigned, so no evaluation key is made for it", awaited);
        }
        if (awaited != null && !now.id().equals(awaited.id())) {
            String sentence = "Generation %d took the place of generation %d, which was waited for";
            throw notReady(Reason.REPLACED, sentence.formatted(now.generation(), awaited.generation()), awaited);
        }
        return now;
    }

    private static void refuseFinalState(EvaluationKey now) {
        switch (now.state()) {
            case REQUESTED, GENERATING, READY -> {}
            case FAILED ->
                throw notReady(
                        Reason.FAILED,
                        "The evaluation key could not be made: "
                                + Objects.requireNonNullElse(now.failure(), "no reason was given"),
                        now);
            case SUPERSEDED, REVOKED ->
                throw notReady(Reason.REPLACED, "The evaluation key was withdrawn while it was waited for", now);
        }
    }

    private static boolean differs(@Nullable EvaluationKey before, EvaluationKey now) {
        return before == null
                || before.state() != now.state()
                || before.attempt() != now.attempt()
                || before.progressPercent() != now.progressPercent();
    }

    private static EvaluationKeyNotReadyException notReady(
            Reason reason, String message, @Nullable EvaluationKey evaluationKey) {
        return new EvaluationKeyNotReadyException(reason, message, "", evaluationKey);
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
