package dev.keyswitch.console.session;

import java.util.Optional;
import java.util.UUID;

/// Ids as browsers send them.
public final class Ids {

    private Ids() {}

    /// Nothing if it is none.
    public static Optional<UUID> read(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
