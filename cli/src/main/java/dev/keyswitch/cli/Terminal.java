package dev.keyswitch.cli;

import java.io.Console;
import java.io.PrintStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What surrounds one run of the command: where it prints, what it was told by the environment, what time it is.
///
/// @param out results, and nothing else
/// @param err everything for people: progress, hints, failures
record Terminal(PrintStream out, PrintStream err, Map<String, String> env, InstantSource clock) {
    static Terminal of(PrintStream out, PrintStream err, Map<String, String> env) {
        return new Terminal(out, err, Map.copyOf(env), InstantSource.system());
    }

    /// An environment variable that is set to something.
    Optional<String> setting(String name) {
        return Optional.ofNullable(env.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /// Whether a person looks at `err`, so that a line may be written over.
    @SuppressWarnings("SystemConsoleNull") // with jdk.console=java.base there may still be none
    boolean isInteractive() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /// To the minute, in the person's time zone (`TZ`); a dash for none.
    String time(@Nullable Instant instant) {
        return instant == null ? "-" : Times.minutes(instant, setting("TZ").orElse(null));
    }
}
