package dev.keyswitch.standalone.bench;

import dev.keyswitch.keygen.EvaluationKeyGenerator;
import dev.keyswitch.standalone.bench.SealPeer.MissingException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `keyswitch bench keygen`: how fast evaluation keys are made, beside Microsoft SEAL in WebAssembly on the same machine.
@Command(
        name = "keygen",
        mixinStandardHelpOptions = true,
        description = "Make evaluation keys for a while, by turns with Microsoft SEAL (node-seal) if Node and npm are there.")
final class KeygenBench implements Callable<Integer> {
    enum Format {
        TABLE,
        JSON
    }

    /// How long vector instructions may take to be compiled before it is measured without them.
    private static final Duration WARM_UP = Duration.ofMinutes(2);

    private static final Duration WARM_UP_ROUND = Duration.ofMillis(100);

    @Option(names = "--seconds", defaultValue = "10", paramLabel = "S", description = "Seconds for each profile (default: 10).")
    private int seconds;

    @Option(
            names = "--profile",
            arity = "1..*",
            paramLabel = "NAME",
            description = "bfv-4096, ckks-8192, ckks-16384 or ckks-32768; several are possible (default: all).")
    private List<String> profiles = BenchProfile.ALL.stream().map(BenchProfile::toString).toList();

    @Option(
            names = "--cold",
            defaultValue = "0",
            paramLabel = "RUNS",
            description = "Also start this many fresh processes with and without vectors for each profile, and time their first keys (default: 0).")
    private int coldRuns;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "table",
            paramLabel = "table|json",
            description = "For people (table, the default) or for scripts (json).")
    private Format format = Format.TABLE;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        List<BenchProfile> chosen = profiles.stream().map(this::profile).toList();
        try (SealPeer peer = SealPeer.start(Path.of(System.getProperty("keyswitch.home", ".")))) {
            print(report(chosen, peer, null));
        } catch (MissingException e) {
            print(report(chosen, null, e.getMessage()));
        }
        return 0;
    }

    private KeygenReport report(List<BenchProfile> chosen, @Nullable SealPeer peer, @Nullable String missing)
            throws IOException {
        warmUp();
        List<FormResult> results = new ArrayList<>();
        for (BenchProfile profile : chosen) {
            results.addAll(new KeygenMeasurement(profile, peer).run(Duration.ofSeconds(seconds)));
        }
        List<ColdStart.Result> cold = new ArrayList<>();
        if (coldRuns > 0) {
            for (BenchProfile profile : chosen) {
                cold.add(ColdStart.measure(profile, coldRuns));
            }
        }
        return new KeygenReport(EvaluationKeyGenerator.usesVectors(), missing, results, cold);
    }

    /// With the smallest keys, whatever is measured afterwards.
    private static void warmUp() throws IOException {
        EvaluationKeyGenerator.warmUp();
        long end = System.nanoTime() + WARM_UP.toNanos();
        do {
            new KeygenMeasurement(BenchProfile.ALL.getFirst(), null).run(WARM_UP_ROUND);
        } while (EvaluationKeyGenerator.canUseVectors()
                && !EvaluationKeyGenerator.usesVectors()
                && System.nanoTime() < end);
    }

    private void print(KeygenReport report) {
        if (format == Format.JSON) {
            spec.commandLine().getOut().println(report.json());
        } else {
            report.table(spec.commandLine().getOut());
        }
    }

    private BenchProfile profile(String name) {
        return BenchProfile.named(name)
                .orElseThrow(() -> new ParameterException(spec.commandLine(), "There is no profile " + name + "."));
    }
}
