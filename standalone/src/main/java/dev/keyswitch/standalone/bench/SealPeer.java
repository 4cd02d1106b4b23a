package dev.keyswitch.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.keygen.KeyForm;
import dev.keyswitch.sdk.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Microsoft SEAL, compiled to WebAssembly and run by Node in a process of its own, doing the same work.
final class SealPeer implements AutoCloseable {
    /// Why there is nothing to compare with.
    static final class MissingException extends Exception {
        MissingException(String message) {
            super(message);
        }
    }

    private static final int INSTALL_MINUTES = 5;

    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;

    private SealPeer(Process process) {
        this.process = process;
        requests = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /// Installs the pinned package on first use.
    ///
    /// @param home checkout that the launcher stands in
    static SealPeer start(Path home) throws MissingException, IOException, InterruptedException {
        Path folder = home.resolve("keygen/src/test/node-seal");
        if (!Files.exists(folder.resolve("bench.js"))) {
            throw new MissingException("the checkout with keygen/src/test/node-seal was not found; start it with ./keyswitch");
        }
        requireAnswer(folder, "node", "--version");
        if (!Files.isDirectory(folder.resolve("node_modules/node-seal"))) {
            requireAnswer(folder, "npm", "--version");
            requireAnswer(folder, "npm", "ci", "--no-audit", "--no-fund");
        }
        return new SealPeer(new ProcessBuilder("node", "bench.js")
                .directory(folder.toFile())
                .redirectError(Redirect.INHERIT)
                .start());
    }

    void setUp(BenchProfile profile) throws IOException {
        ask(Map.of(
                "scheme", profile.scheme().name(),
                "degree", profile.degree(),
                "bits", profile.bits(),
                "plainModulus", profile.plainModulus(),
                "steps", profile.steps()));
    }

    /// Milliseconds for all keys of the profile.
    double generate(KeyForm form) throws IOException {
        return ask(Map.of("form", form.name())).get("ms").asDouble();
    }

    @Override
    public void close() {
        process.destroy();
    }

    private JsonNode ask(Map<String, Object> request) throws IOException {
        requests.write(Json.mapper().writeValueAsString(request));
        requests.newLine();
        requests.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("node-seal ended without an answer");
        }
        return Json.mapper().readTree(answer);
    }

    private static void requireAnswer(Path folder, String... command) throws MissingException, InterruptedException {
        String text = String.join(" ", command);
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            if (!process.waitFor(INSTALL_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new MissingException("`" + text + "` took longer than " + INSTALL_MINUTES + " minutes");
            }
            if (process.exitValue() != 0) {
                throw new MissingException("`" + text + "` failed in " + folder);
            }
        } catch (IOException e) {
            throw new MissingException("`" + command[0] + "` is not installed");
        }
    }
}
