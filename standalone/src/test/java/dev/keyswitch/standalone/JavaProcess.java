package dev.keyswitch.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A main class of ours in a process of its own, with the class path of the tests.
final class JavaProcess implements AutoCloseable {

    private static final String INCUBATOR_WARNING =
            "WARNING: Using incubator modules: jdk.incubator.vector" + System.lineSeparator();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Path output;
    private final Path errors;

    private JavaProcess(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /// @param output where its output goes; its errors go beside it
    static JavaProcess start(
            String mainClass, List<String> arguments, Map<String, String> environment, Path output) throws IOException {
        return start(mainClass, arguments, new Settings(environment, Map.of()), output);
    }

    /// What surrounds a program.
    record Settings(Map<String, String> environment, Map<String, String> systemProperties) {}

    static JavaProcess start(String mainClass, List<String> arguments, Settings settings, Path output)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path")));
        settings.systemProperties().forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add(mainClass);
        command.addAll(arguments);
        Path errors = output.resolveSibling(output.getFileName() + ".errors");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(errors.toFile())
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("KEYSWITCH_"));
        builder.environment().putAll(settings.environment());
        return new JavaProcess(builder.start(), output, errors);
    }

    /// The first line of output that begins so.
    String awaitLine(String beginning) throws Exception {
        return awaitOutput(line -> line.startsWith(beginning));
    }

    private String awaitOutput(Predicate<String> wanted) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            boolean alive = process.isAlive();
            for (String line : Files.readAllLines(output)) {
                if (wanted.test(line)) {
                    return line;
                }
            }
            if (!alive || System.nanoTime() > deadline) {
                throw new AssertionError("The process did not say it; it said: " + Files.readString(output) + errors());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    /// What the program itself said: the launcher keeps the one line of the JVM from the reader too.
    String errors() throws IOException {
        return Files.readString(errors).replace(INCUBATOR_WARNING, "");
    }

    long pid() {
        return process.pid();
    }

    /// SIGKILL.
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /// SIGTERM; answers how long it took to end.
    Duration terminate() {
        long begin = System.nanoTime();
        process.destroy();
        end();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    int awaitExit() {
        return awaitExit(PATIENCE);
    }

    /// For a program that has more to do.
    int awaitExit(Duration patience) {
        end(patience);
        return process.exitValue();
    }

    private void end() {
        end(PATIENCE);
    }

    private void end(Duration patience) {
        process.onExit().completeOnTimeout(process, patience.toSeconds(), TimeUnit.SECONDS).join();
        if (process.isAlive()) {
            throw new AssertionError("The process does not end");
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            terminate();
        }
    }
}
