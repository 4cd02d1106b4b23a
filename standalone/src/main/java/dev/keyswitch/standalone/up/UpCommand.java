package dev.keyswitch.standalone.up;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `keyswitch up`: starts the system and stays until SIGTERM or SIGINT.
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start database, broker, API, worker and console in one process, and stay.")
public final class UpCommand implements Callable<Integer> {

    private static final int REFUSED = 1;

    @Option(names = "--data", paramLabel = "DIR", description = "Where all data is kept. Default: ~/.keyswitch/data")
    private @Nullable Path data;

    @Option(names = "--api-port", paramLabel = "PORT", defaultValue = "8080", description = "Default: ${DEFAULT-VALUE}")
    private int apiPort;

    @Option(
            names = "--console-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "Default: ${DEFAULT-VALUE}")
    private int consolePort;

    @Spec
    private CommandSpec spec;

    private final Map<String, String> environment;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    public UpCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            Ports ports = new Ports(apiPort, consolePort);
            Path folder = data == null ? RunningFile.home(environment).resolve("data") : data;
            DataFolder locked = DataFolder.open(folder);
            Logs.writeTo(locked.log());
            run(locked, ports, out);
            return 0;
        } catch (RefusedStartException | IOException e) {
            err.println("keyswitch: " + e.getMessage());
            err.flush();
            return REFUSED;
        }
    }

    private void run(DataFolder locked, Ports ports, PrintWriter out) throws IOException, InterruptedException {
        RunningFile running = new RunningFile(environment);
        try (locked;
                LocalSystem system = LocalSystem.start(locked, ports)) {
            // The one hook of the process. It waits for the end of this method, so that everything stops in order.
            Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "keyswitch-stop"));
            running.write(system);
            out.printf(
                    "keyswitch is up: api %s console %s data %s%n",
                    system.api(), system.console(), system.data().root());
            out.flush();
            stop.await();
            running.remove();
        } finally {
            stopped.countDown();
        }
    }

    private void stopAndWait() {
        stop.countDown();
        try {
            stopped.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
