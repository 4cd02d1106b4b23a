package dev.keyswitch.console.session;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the next page tells its person about what was just done.
///
/// @param undo how it can be taken back; null if it cannot, or not safely
public record Notice(Kind kind, String text, @Nullable Undo undo) {

    public enum Kind {
        DONE,
        PROBLEM
    }

    /// A form that takes back what was done.
    ///
    /// @param path where it is sent
    /// @param fields that it carries
    public record Undo(String label, String path, Map<String, String> fields) {
        public Undo {
            fields = Map.copyOf(fields);
        }
    }

    public static Notice done(String text) {
        return new Notice(Kind.DONE, text, null);
    }

    public static Notice problem(String text) {
        return new Notice(Kind.PROBLEM, text, null);
    }

    /// The same, with a button that takes it back.
    public Notice undoneBy(String label, String path, Map<String, String> fields) {
        return new Notice(kind, text, new Undo(label, path, fields));
    }
}
