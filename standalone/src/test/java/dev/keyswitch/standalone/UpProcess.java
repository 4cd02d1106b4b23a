package dev.keyswitch.standalone;

import dev.keyswitch.sdk.KeyswitchClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `keyswitch up` as a process on a data folder of its own, with a home of its own.
final class UpProcess implements AutoCloseable {

    private static final Pattern UP =
            Pattern.compile("keyswitch is up: api (http://127\\.0\\.0\\.1:\\d+) console (http://127\\.0\\.0\\.1:\\d+) data (.*)");

    private final JavaProcess process;
    private final Path data;
    private final URI api;
    private final URI console;

    private UpProcess(JavaProcess process, Path data, URI api, URI console) {
        this.process = process;
        this.data = data;
        this.api = api;
        this.console = console;
    }

    /// Starts it on free ports and waits until it is up.
    ///
    /// @param settings system properties
    static UpProcess start(Path folder, Map<String, String> settings) throws Exception {
        Path data = folder.resolve("data");
        JavaProcess process = launch(folder, List.of(), settings);
        Matcher line = UP.matcher(process.awaitLine("keyswitch is up:"));
        if (!line.matches()) {
            throw new AssertionError("not the promised line: " + process.output());
        }
        return new UpProcess(process, data, URI.create(line.group(1)), URI.create(line.group(2)));
    }

    /// Starts it on free ports, or those of the arguments, and does not wait.
    static JavaProcess launch(Path folder, List<String> arguments, Map<String, String> settings) throws IOException {
        Map<String, String> environment = Map.of("KEYSWITCH_HOME", folder.resolve("home").toString());
        List<String> all = new ArrayList<>(
                List.of("up", "--data", folder.resolve("data").toString(), "--api-port", "0", "--console-port", "0"));
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            all.set(all.indexOf(arguments.get(i)) + 1, arguments.get(i + 1));
        }
        Path output = Files.createTempFile(Files.createDirectories(folder.resolve("out")), "up", ".txt");
        return JavaProcess.start("dev.keyswitch.standalone.Main", all, new JavaProcess.Settings(environment, settings), output);
    }

    KeyswitchClient owner() throws IOException {
        return KeyswitchClient.builder()
                .url(api)
                .credential(Files.readString(data.resolve("owner.credential")))
                .build();
    }

    URI api() {
        return api;
    }

    URI console() {
        return console;
    }

    Path data() {
        return data;
    }

    JavaProcess process() {
        return process;
    }

    void kill() {
        process.kill();
    }

    Duration terminate() {
        return process.terminate();
    }

    @Override
    public void close() throws IOException {
        process.close();
        stopDatabaseOfAKilledProcess();
    }

    private void stopDatabaseOfAKilledProcess() throws IOException {
        Path pidFile = data.resolve("postgresql/data/postmaster.pid");
        if (Files.exists(pidFile)) {
            long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
            new ProcessBuilder("kill", "-INT", Long.toString(pid)).start().onExit().join();
            ProcessHandle.of(pid).ifPresent(handle -> handle.onExit().join());
        }
    }
}
