package dev.keyswitch.standalone.demo;

import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.standalone.demo.DemoReport.StepFailedException;
import dev.keyswitch.standalone.up.DataFolder;
import dev.keyswitch.standalone.up.Folders;
import dev.keyswitch.standalone.up.LocalSystem;
import dev.keyswitch.standalone.up.Logs;
import dev.keyswitch.standalone.up.Ports;
import dev.keyswitch.standalone.up.RefusedStartException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `keyswitch demo`: the story of one token, on a system of its own, or on one that runs.
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Tell the story of one token by running it. Exit code 0 only if every step held.")
public final class DemoCommand implements Callable<Integer> {

    private static final int FAILED = 1;

    @Option(names = "--json", description = "Print one JSON document instead.")
    private boolean json;

    @Option(
            names = "--url",
            description = "Use the API there, with the OWNER credential of KEYSWITCH_CREDENTIAL and the root key file of"
                    + " KEYSWITCH_ROOT_KEY, instead of starting everything.")
    private @Nullable URI url;

    @Spec
    private CommandSpec spec;

    private final Map<String, String> environment;

    public DemoCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws Exception {
        DemoReport report = new DemoReport(out(), json);
        try {
            if (url == null) {
                onOwnSystem(report);
            } else {
                tell(report, url, required("KEYSWITCH_CREDENTIAL"), Path.of(required("KEYSWITCH_ROOT_KEY")));
            }
            report.finish(null);
            return 0;
        } catch (StepFailedException | RefusedStartException | IOException e) {
            report.finish(e.getMessage());
            return FAILED;
        }
    }

    /// In a folder that is gone afterwards, on free ports, beside whatever else runs here. If a step does not hold, the
    /// folder stays, for its log.
    private void onOwnSystem(DemoReport report) throws Exception {
        Path folder = Files.createTempDirectory("keyswitch-demo");
        Path log = folder.resolve("logs").resolve("keyswitch.log");
        Logs.writeTo(log);
        try (DataFolder data = DataFolder.open(folder);
                LocalSystem system = LocalSystem.start(data, Ports.ANY)) {
            Map<String, Object> parts = new LinkedHashMap<>();
            system.startTimes().forEach((part, time) -> parts.put(part, DemoReport.seconds(time) + " s"));
            report.told("start everything in one process", system.startTime(), parts);
            report.figure("start of the whole system (s)", DemoReport.seconds(system.startTime()));
            tell(report, system.api(), Files.readString(data.ownerCredential()), data.holder().resolve("root.key"));
        } catch (StepFailedException | RefusedStartException | IOException e) {
            throw new IOException(e.getMessage() + " The log is " + log, e);
        }
        Folders.delete(folder);
    }

    private static void tell(DemoReport report, URI api, String credential, Path rootKey) throws StepFailedException {
        try (KeyswitchClient owner =
                KeyswitchClient.builder().url(api).credential(credential.strip()).build()) {
            new DemoStory(owner, rootKey, report).tell();
        }
    }

    private String required(String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new RefusedStartException("With --url, the environment variable " + name + " is needed.");
        }
        return value;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
