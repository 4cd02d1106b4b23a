package dev.keyswitch.console.live;

import dev.keyswitch.console.session.Session;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.value.Page;
import dev.keyswitch.sdk.KeyswitchException;
import dev.keyswitch.sdk.ProblemException;
import dev.keyswitch.sdk.TokenQuery;
import io.micronaut.http.sse.Event;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.Function;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;

/// Follows the tokens of one list for one open page: asks the API often while a key is being made, seldom otherwise, and
/// sends what changed. Ends with its page, with its session, or after ten minutes (the browser then comes again).
final class KeyWatch implements Publisher<Event<String>> {

    private static final Duration WHILE_MOVING = Duration.ofMillis(500);
    private static final Duration AT_REST = Duration.ofSeconds(4);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration COME_AGAIN = Duration.ofSeconds(2);

    /// A token as its page shows it now.
    ///
    /// @param moving whether it will change by itself
    record Seen(String html, boolean moving) {}

    private final Session session;
    private final TokenQuery query;
    private final Function<Token, Seen> show;

    KeyWatch(Session session, TokenQuery query, Function<Token, Seen> show) {
        this.session = session;
        this.query = query;
        this.show = show;
    }

    @Override
    public void subscribe(Subscriber<? super Event<String>> subscriber) {
        SubmissionPublisher<Event<String>> events = new SubmissionPublisher<>(Runnable::run, Flow.defaultBufferSize());
        events.subscribe(FlowAdapters.toFlowSubscriber(subscriber));
        Thread.ofVirtual().name("live").start(() -> follow(events));
    }

    private void follow(SubmissionPublisher<Event<String>> events) {
        if (!session.livePages().tryAcquire()) {
            events.submit(Event.of("too many open pages").name("busy"));
            events.close();
            return;
        }
        try (events) {
            watch(events);
        } catch (ProblemException e) {
            boolean ended = e.is(ProblemCode.UNAUTHENTICATED);
            events.submit(ended ? Event.of("").name("signed-out") : lost(e));
        } catch (KeyswitchException e) {
            // The page says that it no longer follows, and comes again by itself.
            events.submit(lost(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            session.livePages().release();
        }
    }

    private static Event<String> lost(KeyswitchException e) {
        return Event.of(e.requestId()).name("lost").retry(AT_REST);
    }

    private void watch(SubmissionPublisher<Event<String>> events) throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        Map<UUID, Seen> before = new HashMap<>();
        events.submit(Event.of("following").name("open").retry(COME_AGAIN));
        while (events.hasSubscribers() && System.nanoTime() < end) {
            if (session.isClosed()) {
                events.submit(Event.of("").name("signed-out"));
                return;
            }
            boolean moving = sendChanges(events, before);
            Thread.sleep(moving ? WHILE_MOVING : AT_REST);
        }
    }

    /// @return whether any key on the list will change by itself
    private boolean sendChanges(SubmissionPublisher<Event<String>> events, Map<UUID, Seen> before) {
        Page<Token> page = session.client().tokens().list(query);
        boolean moving = false;
        for (Token token : page.items()) {
            Seen seen = show.apply(token);
            moving |= seen.moving();
            if (!seen.equals(before.put(token.id(), seen))) {
                events.submit(Event.of(seen.html()).name("key"));
            }
        }
        if (query.cursor() == null && page.nextCursor() == null) {
            sendGone(events, before, page.items());
        }
        // Nothing but a sign of life: without it a page that was closed would be noticed late.
        events.submit(Event.of("").name("alive"));
        return moving;
    }

    /// The whole list was read, so whoever is missing has left it.
    private static void sendGone(
            SubmissionPublisher<Event<String>> events, Map<UUID, Seen> before, List<Token> present) {
        Set<UUID> gone = new HashSet<>(before.keySet());
        present.forEach(token -> gone.remove(token.id()));
        for (UUID id : gone) {
            before.remove(id);
            events.submit(Event.of(id.toString()).name("gone"));
        }
    }
}
