package dev.keyswitch.api.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How this node's relay is.
///
/// @param lastPublishedAt by this node
/// @param lastError of the latest attempt, if it failed
public record RelayStatus(State state, @Nullable Instant lastPublishedAt, @Nullable String lastError) {

    public enum State {
        /// Not started, or closed.
        STOPPED,
        /// Another node publishes.
        STANDBY,
        /// Publishes.
        ACTIVE,
        /// Would publish, but the broker does not take it.
        BROKER_AWAY,
        /// Cannot reach the database.
        DATABASE_AWAY
    }

    RelayStatus with(State next) {
        return new RelayStatus(next, lastPublishedAt, next == State.ACTIVE || next == State.STANDBY ? null : lastError);
    }

    RelayStatus published(@Nullable Instant at) {
        return new RelayStatus(State.ACTIVE, at == null ? lastPublishedAt : at, null);
    }

    RelayStatus failed(State next, String error) {
        return new RelayStatus(next, lastPublishedAt, error);
    }
}
