package dev.keyswitch.sdk;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.keyswitch.contract.event.FollowedEvent;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// What happens in the account, as it happens.
public final class Events {
    /// Longer than two heartbeats of the server.
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private final Wire wire;

    Events(Wire wire) {
        this.wire = wire;
    }

    /// Hands every event to `handler`, in the order in which they were published, until it answers false. When the connection is cut,
    /// it is made anew, and goes on after the last event that was handled: none is missed. One whose handling was cut short by an exception
    /// of the handler comes again to whoever follows [EventQuery#after] the one before.
    ///
    /// Blocks. Interrupting the thread ends it with a [ConnectionException].
    ///
    /// @param handler gets the position, for [EventQuery#after], and the event; false: enough
    /// @throws ProblemException if the server refuses, for example because the events after `after` are no longer kept
    public void follow(EventQuery query, BiPredicate<String, FollowedEvent> handler) {
        Place place = new Place(query.after());
        for (int failures = 0; !place.enough; failures++) {
            long before = place.moves;
            followOnce(query, handler, place, failures);
            if (place.moves > before) {
                failures = 0;
            }
            if (!place.enough) {
                wire.policy().sleep(wire.policy().pause(Math.max(1, failures)), "events");
            }
        }
    }

    private static final class Place {
        private @Nullable String last;
        private boolean enough;
        /// How often the server said something.
        private long moves;

        private Place(@Nullable String last) {
            this.last = last;
        }
    }

    private void followOnce(EventQuery query, BiPredicate<String, FollowedEvent> handler, Place place, int failures) {
        Call call = Call.of("GET", query.target(), SILENCE).header("Accept", "text/event-stream").asStreamed();
        if (place.last != null) {
            call = call.header("Last-Event-ID", place.last);
        }
        try (InputStream body = wire.send(call).body()) {
            EventReader reader = new EventReader(body);
            for (EventReader.Block block = reader.next(); block != null && !place.enough; block = reader.next()) {
                handle(block, handler, place);
            }
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new ConnectionException("Following was interrupted", call.requestId(), true, e);
            }
        } catch (ConnectionException e) {
            if (failures >= wire.policy().maxRetries() || Thread.currentThread().isInterrupted()) {
                throw e;
            }
        }
    }

    private void handle(EventReader.Block block, BiPredicate<String, FollowedEvent> handler, Place place)
            throws JsonProcessingException {
        place.moves++;
        if (block.data() != null && block.id() != null) {
            place.enough = !handler.test(block.id(), wire.json().readValue(block.data(), FollowedEvent.class));
        }
        if (block.id() != null) {
            place.last = block.id();
        }
    }
}
