package dev.keyswitch.standalone.bench;

import dev.keyswitch.access.AccessDecision;
import dev.keyswitch.access.AccessView;
import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `keyswitch bench access`: decisions per second of an access view on a running system, and how soon it sees a change.
@Command(
        name = "access",
        mixinStandardHelpOptions = true,
        description = "Measure local access decisions, and how soon a removed assignment is denied.")
final class AccessBench implements Callable<Integer> {

    private static final Duration WARM = Duration.ofSeconds(2);

    @Option(names = "--tokens", description = "Assigned tokens that are asked about (default: ${DEFAULT-VALUE}).")
    private int tokens = 500;

    @Option(names = "--seconds", description = "How long each number of threads asks (default: ${DEFAULT-VALUE}).")
    private int seconds = 5;

    @Option(names = "--changes", description = "How many removals are followed (default: ${DEFAULT-VALUE}).")
    private int changes = 100;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        try (BenchSystem bench = BenchSystem.start();
                AccessView view = AccessView.builder()
                        .bootstrapServers(bench.inside().kafkaBootstrap())
                        .account("default")
                        .open()) {
            KeyswitchClient owner = bench.owner();
            PrintWriter out = spec.commandLine().getOut();
            UUID model = owner.models()
                    .create(new CreateModel("bench", "", EncryptionProfile.bfv(4096, 20, 36, 36, 37)))
                    .id();
            List<Token> assigned = assigned(owner, model);
            assigned.forEach(token -> await(view, token, model, true));
            String[] values = assigned.stream().map(token -> Objects.requireNonNull(token.value())).toArray(String[]::new);
            decisions(view, values, model, 1, WARM);
            for (int threads : new int[] {1, 2}) {
                out.printf(
                        "decisions/s, %d thread%s:  %,d%n",
                        threads, threads == 1 ? " " : "s", decisions(view, values, model, threads, Duration.ofSeconds(seconds)));
            }
            out.println("removed until denied:   " + removals(owner, view, assigned, model));
            out.flush();
        }
        return 0;
    }

    private List<Token> assigned(KeyswitchClient owner, UUID model) {
        List<Token> assigned = new ArrayList<>();
        for (int i = 0; i < tokens; i++) {
            Token token = owner.tokens().create(CreateToken.named("bench " + i));
            owner.tokens().assign(token.id(), model);
            assigned.add(token);
        }
        return assigned;
    }

    /// Every answer is looked at: a view that had gone stale would be quick, too.
    private static long decisions(AccessView view, String[] values, UUID model, int threads, Duration time)
            throws Exception {
        LongAdder count = new LongAdder();
        long end = System.nanoTime() + time.toNanos();
        try (var askers = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(askers.submit(() -> {
                    while (System.nanoTime() < end) {
                        for (String value : values) {
                            if (!view.mayQuery(value, model).allowed()) {
                                throw new IllegalStateException("denied: " + view.mayQuery(value, model));
                            }
                        }
                        count.add(values.length);
                    }
                }));
            }
            for (Future<?> asker : running) {
                asker.get();
            }
        }
        return Math.round(count.sum() / (time.toNanos() / 1e9));
    }

    /// From the API's answer until the view says no.
    private Percentiles removals(KeyswitchClient owner, AccessView view, List<Token> assigned, UUID model) {
        List<Duration> times = new ArrayList<>();
        for (Token token : assigned.subList(0, Math.min(changes, assigned.size()))) {
            owner.tokens().unassign(token.id());
            long answered = System.nanoTime();
            await(view, token, model, false);
            times.add(Duration.ofNanos(System.nanoTime() - answered));
        }
        return Percentiles.of(times);
    }

    private static void await(AccessView view, Token token, UUID model, boolean allowed) {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (true) {
            AccessDecision decision = view.mayQuery(Objects.requireNonNull(token.value()), model);
            if (decision.allowed() == allowed) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the view still says " + decision);
            }
            LockSupport.parkNanos(50_000);
        }
    }
}
