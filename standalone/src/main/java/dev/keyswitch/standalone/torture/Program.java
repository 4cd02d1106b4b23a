package dev.keyswitch.standalone.torture;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A main class of ours as a process that can be killed, stopped and started again. For one thread, but for [#close].
final class Program implements AutoCloseable {

    private final String name;
    private final String mainClass;
    private final Map<String, String> environment;
    private final Map<String, String> properties;
    private final Path log;
    private Process process;
    private boolean closed;

    private Program(Description description, Path logs) throws IOException {
        this.name = description.name();
        this.mainClass = description.mainClass();
        this.environment = description.environment();
        this.properties = description.properties();
        this.log = logs.resolve(name + ".log");
        this.process = launch();
    }

    /// @param properties system properties
    record Description(
            String name, String mainClass, Map<String, String> environment, Map<String, String> properties) {}

    static Program start(Description description, Path logs) throws IOException {
        return new Program(description, logs);
    }

    String name() {
        return name;
    }

    private Process launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(sharedClasses());
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path")));
        properties.forEach((property, value) -> command.add("-D" + property + "=" + value));
        command.add(mainClass);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(variable -> variable.startsWith("KEYSWITCH_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    /// Those of this process, if it has some: a process that is started after every kill starts faster.
    private static List<String> sharedClasses() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("-XX:SharedArchiveFile=") || argument.startsWith("-Xlog:"))
                .toList();
    }

    /// SIGKILL; it is gone when this returns.
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    synchronized void startAgain() throws IOException {
        if (closed) {
            throw new IllegalStateException(name + " is not to be started again");
        }
        process = launch();
    }

    /// One that ended by itself is a finding of its own: [Cluster] says so.
    boolean isRunning() {
        return process.isAlive();
    }

    /// SIGSTOP: it stands still, and its connections stay open.
    void stop() throws IOException {
        signal(process.pid(), "STOP");
    }

    /// SIGCONT
    void resume() throws IOException {
        signal(process.pid(), "CONT");
    }

    static void signal(long pid, String signal) throws IOException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    @Override
    public synchronized void close() {
        closed = true;
        kill();
    }
}
