package dev.keyswitch.keygen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// Microsoft SEAL itself, compiled to WebAssembly and run by Node in a process of its own.
final class NodeOracle {
    private static final Path FOLDER = Path.of("src", "test", "node-seal").toAbsolutePath();
    private static final int MINUTES = 10;

    private NodeOracle() {}

    /// Makes sure that Node and the pinned npm packages are there. Where they cannot be had, the calling test fails if the environment
    /// says `CI=true`, and otherwise is skipped, loudly.
    static void require() throws IOException, InterruptedException {
        if (!answers("node", "--version")) {
            missing("Node (20 or later) is not installed.");
        }
        if (!Files.isDirectory(FOLDER.resolve("node_modules/node-seal"))) {
            if (!answers("npm", "--version")) {
                missing("npm is not installed.");
            }
            Outcome installed = run("npm", "ci", "--no-audit", "--no-fund");
            if (installed.exitCode() != 0) {
                missing("`npm ci` failed in " + FOLDER + ":\n" + installed.output() + installed.errors());
            }
        }
    }

    /// Hands the request over and returns the answer.
    static JsonNode compute(Path request) throws IOException, InterruptedException {
        Outcome outcome = run("node", "oracle.js", request.toString());
        if (outcome.exitCode() != 0) {
            throw new AssertionError("SEAL did not get through: " + outcome.errors());
        }
        return new ObjectMapper().readTree(outcome.output());
    }

    private static void missing(String reason) {
        String message = "The comparison with Microsoft SEAL cannot run: " + reason;
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(message);
        }
        System.err.println("\n*** SKIPPED *** " + message + "\n");
        Assumptions.abort(message);
    }

    private static boolean answers(String... command) throws InterruptedException {
        try {
            return run(command).exitCode() == 0;
        } catch (IOException e) {
            // The program does not exist.
            return false;
        }
    }

    private record Outcome(int exitCode, String output, String errors) {}

    private static Outcome run(String... command) throws IOException, InterruptedException {
        File output = File.createTempFile("oracle", ".out");
        File errors = File.createTempFile("oracle", ".err");
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .directory(FOLDER.toFile())
                    .redirectOutput(output)
                    .redirectError(errors)
                    .start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(command[0] + " took longer than " + MINUTES + " minutes");
            }
            return new Outcome(process.exitValue(), Files.readString(output.toPath()), Files.readString(errors.toPath()));
        } finally {
            Files.delete(output.toPath());
            Files.delete(errors.toPath());
        }
    }
}
