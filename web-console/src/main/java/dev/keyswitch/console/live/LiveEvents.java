package dev.keyswitch.console.live;

import dev.keyswitch.console.session.Session;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.sdk.KeyswitchException;
import dev.keyswitch.sdk.ProblemException;
import io.micronaut.http.sse.Event;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.Supplier;
import org.reactivestreams.FlowAdapters;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;

/// Follows what one open page shows: asks the API often while an evaluation key is being made, seldom otherwise, and sends what
/// changed. Ends with its page, with its session, or after ten minutes (the browser then comes again).
public final class LiveEvents implements Publisher<Event<String>> {

    private static final Duration WHILE_MOVING = Duration.ofMillis(500);
    private static final Duration AT_REST = Duration.ofSeconds(4);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration COME_AGAIN = Duration.ofSeconds(2);

    private final Session session;
    private final Supplier<Live> look;
    private final Map<String, Live.Part> before = new HashMap<>();
    private String shape;

    /// @param shape of the page as it was made: what changed since then is sent at once
    public LiveEvents(Session session, String shape, Supplier<Live> look) {
        this.session = session;
        this.shape = shape;
        this.look = look;
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
            boolean gone = e.is(ProblemCode.NOT_FOUND);
            events.submit(ended ? Event.of("").name("signed-out") : gone ? Event.of("").name("changed") : lost(e));
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
        events.submit(Event.of("following").name("open").retry(COME_AGAIN));
        while (events.hasSubscribers() && System.nanoTime() < end) {
            if (session.isClosed()) {
                events.submit(Event.of("").name("signed-out"));
                return;
            }
            Live now = look.get();
            sendChanges(events, now);
            Thread.sleep(now.moving() ? WHILE_MOVING : AT_REST);
        }
    }

    private void sendChanges(SubmissionPublisher<Event<String>> events, Live now) {
        for (Live.Part part : now.parts()) {
            if (!part.equals(before.put(part.id(), part))) {
                events.submit(Event.of(part.html()).name("part"));
            }
        }
        if (now.whole()) {
            sendGone(events, now);
        }
        if (!now.shape().equals(shape)) {
            shape = now.shape();
            events.submit(Event.of(shape).name("changed"));
        }
        // Nothing but a sign of life: without it a page that was closed would be noticed late.
        events.submit(Event.of("").name("alive"));
    }

    private void sendGone(SubmissionPublisher<Event<String>> events, Live now) {
        Set<String> gone = new HashSet<>(before.keySet());
        now.parts().forEach(part -> gone.remove(part.id()));
        for (String id : gone) {
            before.remove(id);
            events.submit(Event.of(id).name("gone"));
        }
    }
}
