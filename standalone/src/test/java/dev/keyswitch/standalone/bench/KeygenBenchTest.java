package dev.keyswitch.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.cli.Keyswitch;
import dev.keyswitch.sdk.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeygenBenchTest {
    private static final int USAGE = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /// Without the launcher's property the checkout is not found, and so nothing to compare with.
    @Test
    void printsOneDocumentAndSaysWhyThereIsNoComparison() throws IOException {
        int exitCode = bench("keygen", "--seconds", "1", "--profile", "bfv-4096", "--cold", "1", "-o", "json");

        assertThat(exitCode).as(err.toString(StandardCharsets.UTF_8)).isZero();
        JsonNode document = Json.mapper().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(document.get("missingPeer").asText()).contains("start it with ./keyswitch");
        assertThat(document.get("results")).hasSize(2);
        for (JsonNode result : document.get("results")) {
            assertThat(result.get("profile").asText()).isEqualTo("bfv-4096");
            assertThat(result.has("ratio")).isFalse();
            double best = result.get("oneThread").get("bestMsPerKey").asDouble();
            assertThat(best).isPositive().isLessThanOrEqualTo(result.get("oneThread").get("medianMsPerKey").asDouble());
            // Two components a key.
            assertThat(result.get("componentsPerSecond").asDouble() * best / 2000).isCloseTo(1, within(1e-9));
            double shares = 0;
            for (JsonNode share : result.get("shares")) {
                shares += share.asDouble();
            }
            assertThat(shares).isCloseTo(1, within(1e-9));
        }
        JsonNode cold = document.get("coldStarts").get(0);
        assertThat(cold.get("plainJavaMs").asDouble()).isPositive();
        assertThat(cold.get("vectorsMs").asDouble()).isCloseTo(cold.get("ratio").asDouble() * cold.get("plainJavaMs").asDouble(), within(1e-9));
    }

    @Test
    void refusesAProfileThatItDoesNotKnow() {
        int exitCode = bench("keygen", "--profile", "ckks-4711");

        assertThat(exitCode).isEqualTo(USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("There is no profile ckks-4711.");
    }

    @Test
    void asksWhatToMeasure() {
        assertThat(bench()).isEqualTo(USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Say what to measure: keygen, api, events or access.");
    }

    private int bench(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "bench";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Keyswitch.commandLine(all, new PrintStream(out), new PrintStream(err), Map.of(), new BenchCommand()).execute(all);
    }
}
