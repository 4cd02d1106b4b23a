package dev.keyswitch.sdk;

import static dev.keyswitch.contract.evaluationkey.EvaluationKeyState.FAILED;
import static dev.keyswitch.contract.evaluationkey.EvaluationKeyState.GENERATING;
import static dev.keyswitch.contract.evaluationkey.EvaluationKeyState.READY;
import static dev.keyswitch.contract.evaluationkey.EvaluationKeyState.REQUESTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.EvaluationKeyNotReadyException.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ReadyWaitTest {
    private final SteppingClock clock = new SteppingClock();
    private final RetryPolicy policy = new RetryPolicy(0, clock, clock::sleep, new Random(1));
    private final List<String> told = new ArrayList<>();

    @Test
    void tellsEachChangeOnceAndReturnsTheReadyKey() {
        EvaluationKey ready = wait(
                Duration.ofMinutes(1),
                Samples.key(Samples.KEY, REQUESTED, 0),
                Samples.key(Samples.KEY, REQUESTED, 0),
                Samples.key(Samples.KEY, GENERATING, 40),
                Samples.key(Samples.KEY, READY, 100));

        assertThat(ready.state()).isEqualTo(READY);
        assertThat(told).containsExactly("REQUESTED 0", "GENERATING 40", "READY 100");
    }

    @Test
    void endsWithTheReasonWhenGenerationFailed() {
        assertThatThrownBy(() -> wait(
                        Duration.ofMinutes(1),
                        Samples.key(Samples.KEY, GENERATING, 40),
                        Samples.key(Samples.KEY, FAILED, 40)))
                .isInstanceOfSatisfying(EvaluationKeyNotReadyException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.FAILED);
                    assertThat(e.requestId()).isEqualTo("r1");
                    assertThat(e).hasMessage("The evaluation key could not be made: disk full");
                });
    }

    @Test
    void endsWhenSomebodyMovesTheTokenMeanwhile() {
        assertThatThrownBy(() -> wait(
                        Duration.ofMinutes(1),
                        Samples.key(Samples.KEY, GENERATING, 40),
                        Samples.key(Samples.OTHER_KEY, READY, 100)))
                .isInstanceOfSatisfying(
                        EvaluationKeyNotReadyException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.REPLACED))
                .hasMessage("Generation 2 took the place of generation 1, which was waited for");
    }

    @Test
    void waitsForTheKeyThatAMoveWaitsFor() {
        String present = Samples.key(Samples.KEY, READY, 100);

        EvaluationKey ready = waitForMove(
                Samples.token(present, Samples.move(Samples.key(Samples.OTHER_KEY, REQUESTED, 0))),
                Samples.token(present, Samples.move(Samples.key(Samples.OTHER_KEY, GENERATING, 40))),
                Samples.token(Samples.key(Samples.OTHER_KEY, READY, 100)));

        assertThat(ready.id()).isEqualTo(Samples.OTHER_KEY);
        assertThat(told).containsExactly("REQUESTED 0", "GENERATING 40", "READY 100");
    }

    @Test
    void endsWhenAMoveIsCanceled() {
        String present = Samples.key(Samples.KEY, READY, 100);

        assertThatThrownBy(() -> waitForMove(
                        Samples.token(present, Samples.move(Samples.key(Samples.OTHER_KEY, REQUESTED, 0))),
                        Samples.token(present)))
                .isInstanceOfSatisfying(
                        EvaluationKeyNotReadyException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.REPLACED))
                .hasMessage("The move that was waited for is canceled; the token stays with its model");
    }

    @Test
    void endsAtOnceWithoutAnAssignment() {
        assertThatThrownBy(() -> wait(Duration.ofMinutes(1), "null"))
                .isInstanceOfSatisfying(
                        EvaluationKeyNotReadyException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.NOT_ASSIGNED));
    }

    @Test
    void givesUpWhenTheTimeIsOver() {
        Instant start = clock.instant();

        assertThatThrownBy(() -> wait(Duration.ofSeconds(90), Samples.key(Samples.KEY, GENERATING, 40)))
                .isInstanceOfSatisfying(
                        EvaluationKeyNotReadyException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TIMED_OUT))
                .hasMessage("The evaluation key is not ready after 90 s");
        assertThat(Duration.between(start, clock.instant())).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(91));
    }

    @Test
    void outlivesARestartOfTheServer() {
        Deque<Supplier<ReadyWait.Seen>> looks = new ArrayDeque<>(List.of(
                () -> seen(Samples.key(Samples.KEY, GENERATING, 40)),
                ReadyWaitTest::away,
                ReadyWaitTest::away,
                () -> seen(Samples.key(Samples.KEY, READY, 100))));

        EvaluationKey ready = new ReadyWait(policy, () -> looks.remove().get())
                .await(null, Duration.ofMinutes(5), key -> told.add(key.state() + " " + key.progressPercent()));

        assertThat(ready.state()).isEqualTo(READY);
        assertThat(told).containsExactly("GENERATING 40", "READY 100");
    }

    @Test
    void doesNotOutwaitAServerThatStaysAway() {
        Deque<Supplier<ReadyWait.Seen>> looks =
                new ArrayDeque<>(List.of(() -> seen(Samples.key(Samples.KEY, GENERATING, 40)), ReadyWaitTest::away));
        Instant start = clock.instant();

        assertThatThrownBy(() -> new ReadyWait(
                                policy, () -> (looks.size() > 1 ? looks.remove() : looks.element()).get())
                        .await(null, Duration.ofMinutes(5), key -> {}))
                .isInstanceOf(ConnectionException.class);
        assertThat(Duration.between(start, clock.instant())).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(65));
    }

    private static ReadyWait.Seen seen(String key) {
        return new ReadyWait.Seen(token(key), "r1");
    }

    private static ReadyWait.Seen away() {
        throw new ConnectionException("refused", "r2", false, null);
    }

    /// @param keys the token's evaluation key at each look, as JSON; the last stays
    private EvaluationKey wait(Duration timeout, String... keys) {
        Deque<String> looks = new ArrayDeque<>(List.of(keys));
        return new ReadyWait(policy, () -> seen(looks.size() > 1 ? looks.remove() : looks.element()))
                .await(null, timeout, key -> told.add(key.state() + " " + key.progressPercent()));
    }

    /// @param tokens the answer of the reassignment, then the token at each look, as JSON; the last stays
    private EvaluationKey waitForMove(String... tokens) {
        Deque<String> looks = new ArrayDeque<>(List.of(tokens));
        Token assigned = read(looks.remove());
        return new ReadyWait(
                        policy,
                        () -> new ReadyWait.Seen(read(looks.size() > 1 ? looks.remove() : looks.element()), "r1"))
                .await(assigned, Duration.ofMinutes(1), key -> told.add(key.state() + " " + key.progressPercent()));
    }

    private static Token token(String key) {
        return read(Samples.token(key));
    }

    private static Token read(String token) {
        try {
            return Json.mapper().readValue(token, Token.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// Time passes only while somebody sleeps.
    private static final class SteppingClock extends Clock {
        private Instant now = Instant.parse("2026-11-23T12:00:00Z");

        void sleep(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
