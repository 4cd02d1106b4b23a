package dev.keyswitch.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Runs the real command in this process, in an environment of its own.
record Cli(Map<String, String> env) {
    /// What one run printed and how it ended.
    record Run(int exitCode, String out, String err) {}

    /// Nothing is configured, and no Keyswitch of this machine is found.
    static Cli bare(Path home) {
        return new Cli(Map.of("KEYSWITCH_HOME", home.toString(), "TZ", "UTC"));
    }

    static Cli of(URI url) {
        return new Cli(Map.of(
                "KEYSWITCH_URL",
                url.toString(),
                "KEYSWITCH_CREDENTIAL",
                "ksm_secretOfTheTest",
                "KEYSWITCH_HOME",
                "/nonexistent",
                "TZ",
                "UTC"));
    }

    Cli with(String name, String value) {
        Map<String, String> more = new HashMap<>(env);
        more.put(name, value);
        return new Cli(more);
    }

    Run run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Keyswitch.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                env);
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
