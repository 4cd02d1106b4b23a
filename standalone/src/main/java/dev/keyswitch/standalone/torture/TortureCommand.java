package dev.keyswitch.standalone.torture;

import dev.keyswitch.standalone.up.Logs;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `keyswitch torture`: kills and cuts the parts of a system of its own while callers use it, then proves that it held.
@Command(
        name = "torture",
        mixinStandardHelpOptions = true,
        description = "Kill, stop and cut off the parts of a system while it is used, then check everything. Exit code 0 only if"
                + " all holds.")
public final class TortureCommand implements Callable<Integer> {

    private static final int WARM = 20;
    private static final int PER_ROUND = 5;

    @Option(names = "--rounds", description = "How many faults (default: ${DEFAULT-VALUE}).")
    private int rounds = 20;

    @Option(names = "--seed", description = "Which faults and changes; another one each time if not given.")
    private long seed = System.nanoTime();

    @Spec
    private CommandSpec spec;

    private static void awaitWork(Ledger ledger, int promises) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (ledger.promises().size() < promises && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static void end(Cluster cluster) {
        try {
            cluster.close();
        } catch (IOException e) {
            System.err.println("not everything could be ended: " + e.getMessage());
        }
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("keyswitch-torture");
        Logs.writeTo(folder.resolve("logs").resolve("torture.log"));
        PrintWriter out = spec.commandLine().getOut();
        out.println("seed " + seed + ", logs in " + folder.resolve("logs"));
        out.flush();
        Ledger ledger = new Ledger();
        Random random = new Random(seed);
        Cluster cluster = new Cluster(folder);
        // Whoever ends this command early must not leave a dozen processes behind.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(cluster), "end"));
        try {
            Faults faults = new Faults(cluster, random);
            try (Callers callers = new Callers(cluster, ledger)) {
                callers.start(random);
                awaitWork(ledger, WARM);
                for (int round = 1; round <= rounds; round++) {
                    TimeUnit.MILLISECONDS.sleep(random.nextInt(1000));
                    int before = ledger.promises().size();
                    out.println("round " + round + ": " + faults.next());
                    out.flush();
                    cluster.heal();
                    // Each fault meets a system at work, or it proves little.
                    awaitWork(ledger, before + PER_ROUND);
                }
            }
            cluster.heal();
            List<String> breaches = new Checker(cluster, ledger).breaches();
            breaches.forEach(breach -> out.println("BREACH: " + breach));
            out.printf(
                    "torture: %s; %d rounds, %d kills, %d changes acknowledged, %d without an answer, %d breaches, seed %d%n",
                    breaches.isEmpty() ? "all holds" : "FAILED",
                    rounds,
                    faults.kills(),
                    ledger.promises().size(),
                    ledger.unansweredCalls(),
                    breaches.size(),
                    seed);
            out.flush();
            return breaches.isEmpty() ? 0 : 1;
        } finally {
            cluster.close();
        }
    }
}
