package dev.keyswitch.console.page;

import org.jspecify.annotations.Nullable;

/// A value that is shown this once.
///
/// @param heading what has happened
/// @param id of whose value it is
/// @param file name under which it is downloaded
/// @param close where one goes when it is stored
/// @param more a further sentence; empty for none
/// @param throwAway where a form deletes what was made; null if nothing can be thrown away
public record Once(
        String heading,
        String id,
        String name,
        String value,
        String file,
        String close,
        String more,
        @Nullable String throwAway) {

    /// Never shows the value.
    @Override
    public String toString() {
        return "Once[" + id + "]";
    }
}
