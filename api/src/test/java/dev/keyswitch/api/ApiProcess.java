package dev.keyswitch.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// An API node as a process of its own, on the classpath of the tests: for what ends only with its process.
public final class ApiProcess implements AutoCloseable {

    private static final String UP = "keyswitch api is up: ";

    private final Process process;
    private final URI uri;

    private ApiProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /// Returns when it answers. Shares database, broker and store with whoever has this configuration.
    public static ApiProcess start(Path folder, ApiConfiguration like, Map<String, String> further) throws IOException {
        Files.createDirectories(folder);
        Map<String, String> environment = new HashMap<>(further);
        environment.put("KEYSWITCH_API_PORT", "0");
        environment.put("KEYSWITCH_DATABASE_URL", like.databaseUrl());
        environment.put("KEYSWITCH_DATABASE_USER", like.databaseUser());
        environment.put("KEYSWITCH_DATABASE_PASSWORD", like.databasePassword());
        environment.put("KEYSWITCH_KAFKA_BOOTSTRAP", like.kafka().bootstrapServers());
        environment.put("KEYSWITCH_STORE", like.store().toString());
        environment.put("KEYSWITCH_ACCOUNT", like.account());
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.keyswitch.api.Main");
        builder.environment().keySet().removeIf(name -> name.startsWith("KEYSWITCH_"));
        builder.environment().putAll(environment);
        Process process = builder.redirectError(folder.resolve("stderr").toFile()).start();
        try {
            return new ApiProcess(process, URI.create(line(process).substring(UP.length())));
        } catch (IOException | RuntimeException | AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
    }

    public URI uri() {
        return uri;
    }

    /// Waits for its end.
    public int exitValue() throws InterruptedException {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("still runs");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static String line(Process process) throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        while (true) {
            String line = out.readLine();
            if (line == null) {
                throw new AssertionError("ended with " + process.onExit().join().exitValue());
            }
            if (line.startsWith(UP)) {
                return line;
            }
        }
    }
}
