package dev.keyswitch.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.cli.Keyswitch;
import dev.keyswitch.sdk.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Where a person types CLI commands, which find a running `keyswitch up` by themselves.
record Terminal(Path home) {

    record Run(int exitCode, String out, String err) {}

    Run done(List<String> arguments) {
        Run run = run(arguments);
        assertThat(run.exitCode()).as("%s: %s%s", arguments, run.out(), run.err()).isZero();
        return run;
    }

    JsonNode json(List<String> arguments) throws IOException {
        return Json.mapper().readTree(done(arguments).out());
    }

    Run run(List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Keyswitch.run(
                arguments.toArray(String[]::new),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of("KEYSWITCH_HOME", home.toString()));
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
