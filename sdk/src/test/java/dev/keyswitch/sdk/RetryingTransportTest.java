package dev.keyswitch.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryingTransportTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-23T12:00:00Z"), ZoneOffset.UTC);
    private static final Call GET = Call.of("GET", "/v1/models", Duration.ofSeconds(1));
    private static final Call POST = Call.of("POST", "/v1/models", Duration.ofSeconds(1));

    @FunctionalInterface
    private interface Step {
        Answer take();
    }

    private final List<Duration> pauses = new ArrayList<>();
    private final Deque<Step> script = new ArrayDeque<>();
    private final RetryingTransport transport =
            new RetryingTransport(call -> script.remove().take(), new RetryPolicy(3, NOON, pauses::add, new Random(1)));

    @Test
    void triesAGetAgainAfterACutAndABadGateway() {
        script(failure(true), answer(502), answer(200));

        assertThat(transport.send(GET).status()).isEqualTo(200);
        assertThat(pauses).hasSize(2);
    }

    @Test
    void handsTheLastAnswerOverWhenTheRetriesAreUsedUp() {
        script(answer(503), answer(503), answer(503), answer(503));

        assertThat(transport.send(GET).status()).isEqualTo(503);
        assertThat(pauses).hasSize(3);
    }

    @Test
    void pausesGrowAndStayWithinHalfToWholeOfTheirStep() {
        script(answer(503), answer(503), answer(503), answer(200));

        transport.send(GET);

        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(125), Duration.ofMillis(250));
        assertThat(pauses.get(1)).isBetween(Duration.ofMillis(250), Duration.ofMillis(500));
        assertThat(pauses.get(2)).isBetween(Duration.ofMillis(500), Duration.ofMillis(1000));
    }

    @Test
    void waitsAsLongAsTheServerAsksInSeconds() {
        script(answer(429, "Retry-After", "7"), answer(200));

        transport.send(GET);

        assertThat(pauses).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void waitsUntilTheDateTheServerNames() {
        script(answer(503, "Retry-After", "Mon, 23 Nov 2026 12:00:20 GMT"), answer(200));

        transport.send(GET);

        assertThat(pauses).containsExactly(Duration.ofSeconds(20));
    }

    @Test
    void doesNotWaitForAServerThatAsksForAnHour() {
        script(answer(429, "Retry-After", "3600"));

        assertThat(transport.send(GET).status()).isEqualTo(429);
        assertThat(pauses).isEmpty();
    }

    @Test
    void neverRepeatsACreationThatMayHaveHappened() {
        script(failure(true));
        assertThatThrownBy(() -> transport.send(POST)).isInstanceOf(ConnectionException.class);

        script(answer(502));
        assertThat(transport.send(POST).status()).isEqualTo(502);

        script(answer(503));
        assertThat(transport.send(POST).status()).isEqualTo(503);
        assertThat(pauses).isEmpty();
    }

    @Test
    void repeatsACreationThatCannotHaveHappened() {
        script(failure(false), answer(429), answer(503, "Retry-After", "1"), answer(201));

        assertThat(transport.send(POST).status()).isEqualTo(201);
    }

    @Test
    void repeatsACreationThatTheServerKnowsByItsKey() {
        script(failure(true), answer(502), answer(503), answer(201));

        assertThat(transport.send(POST.once(IdempotencyKey.next())).status()).isEqualTo(201);
    }

    @Test
    void asksAgainForTheAnswerToATryThatIsStillBeingWorkedOn() {
        script(failure(true), answer(409, "Retry-After", "1"), answer(201));

        assertThat(transport.send(POST.once(IdempotencyKey.next())).status()).isEqualTo(201);
        assertThat(pauses).hasSize(2).endsWith(Duration.ofSeconds(1));
    }

    @Test
    void doesNotRepeatARefusal() {
        script(answer(409));

        assertThat(transport.send(GET).status()).isEqualTo(409);
        assertThat(pauses).isEmpty();
    }

    @Test
    void stopsWaitingWhenItIsInterrupted() {
        script(answer(503));
        RetryPolicy interrupted = new RetryPolicy(
                3,
                NOON,
                pause -> {
                    throw new InterruptedException();
                },
                new Random(1));

        assertThatThrownBy(() -> new RetryingTransport(call -> script.remove().take(), interrupted).send(GET))
                .isInstanceOf(ConnectionException.class)
                .hasMessage("The call was interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    private void script(Step... steps) {
        script.clear();
        script.addAll(List.of(steps));
    }

    private static Step failure(boolean sent) {
        return () -> {
            throw new ConnectionException("cut", "r1", sent, null);
        };
    }

    private static Step answer(int status, String... header) {
        Map<String, List<String>> headers = header.length == 0 ? Map.of() : Map.of(header[0], List.of(header[1]));
        return () ->
                new Answer(status, HttpHeaders.of(headers, (name, value) -> true), InputStream.nullInputStream(), "r1");
    }
}
