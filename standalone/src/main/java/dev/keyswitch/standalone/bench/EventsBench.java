package dev.keyswitch.standalone.bench;

import dev.keyswitch.contract.event.Topics;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Rotations;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.standalone.up.LocalSystem;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `keyswitch bench events`: from a commit to Kafka, through the relay, and to a key in force. Everything runs in this process on
/// a folder that is gone afterwards.
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "Measure commit to Kafka, events per second, reassignment to READY, and keys per second with more workers.")
final class EventsBench implements Callable<Integer> {

    @Option(names = "--events", description = "How many commits are followed to Kafka (default: ${DEFAULT-VALUE}).")
    private int events = 300;

    @Option(names = "--backlog", description = "How many events wait at once (default: ${DEFAULT-VALUE}).")
    private int backlog = 30_000;

    @Option(names = "--keys", description = "How many reassignments are followed to READY (default: ${DEFAULT-VALUE}).")
    private int keys = 500;

    @Option(names = "--warm-up", description = "How many reassignments come before those (default: ${DEFAULT-VALUE}).")
    private int warmUp = 300;

    @Option(names = "--moved", description = "How many tokens move at once, for one worker and more (default: ${DEFAULT-VALUE}).")
    private int moved = 300;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        try (BenchSystem bench = BenchSystem.start();
                Connection database = database(bench.inside());
                Arrivals arrivals = new Arrivals(bench.inside().kafkaBootstrap(), Topics.tokens("default"))) {
            KeyswitchClient owner = bench.owner();
            PrintWriter out = spec.commandLine().getOut();
            commitToKafka(database, arrivals, events / 5);
            out.println("commit to Kafka, idle:          " + commitToKafka(database, arrivals, events));
            out.println("events/s, many tokens:          " + perSecond(database, arrivals, "n::text"));
            out.println("events/s, all of one token:     " + perSecond(database, arrivals, "'one token'"));
            UUID[] models = models(owner);
            reassignToReady(owner, models, out);
            scaling(bench, models, out);
            out.flush();
        }
        return 0;
    }

    private static Connection database(LocalSystem.Inside inside) throws SQLException {
        return DriverManager.getConnection(inside.databaseUrl(), inside.databaseUser(), inside.databasePassword());
    }

    /// From the answer to a commit until a reader has the event; one at a time, with pauses of 20 to 80 ms.
    private static Percentiles commitToKafka(Connection database, Arrivals arrivals, int events) throws SQLException {
        database.setAutoCommit(false);
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            String recordKey = UUID.randomUUID().toString();
            insert(database, "'" + recordKey + "'", 1);
            database.commit();
            long committed = System.nanoTime();
            wakeRelay(database);
            times.add(Duration.ofNanos(Math.max(0, arrivals.await(recordKey) - committed)));
            LockSupport.parkNanos(Duration.ofMillis(ThreadLocalRandom.current().nextInt(20, 80)).toNanos());
        }
        return Percentiles.of(times);
    }

    private long perSecond(Connection database, Arrivals arrivals, String recordKey) throws SQLException {
        long before = arrivals.count();
        insert(database, recordKey, backlog);
        database.commit();
        long begin = System.nanoTime();
        wakeRelay(database);
        while (arrivals.count() < before + backlog) {
            LockSupport.parkNanos(1_000_000);
        }
        return Math.round(backlog / ((System.nanoTime() - begin) / 1e9));
    }

    private static void insert(Connection database, String recordKey, int count) throws SQLException {
        try (var insert = database.prepareStatement("""
                        insert into outbox (event_id, account_id, topic, record_key, type, subject, at, data)
                        select gen_random_uuid(), a.id, ?, %s, 'dev.keyswitch.token.updated.v1', 'bench', now(), '{"name":"bench"}'
                        from account a, generate_series(1, ?) n
                        """.formatted(recordKey))) {
            insert.setString(1, Topics.tokens("default"));
            insert.setInt(2, count);
            insert.executeUpdate();
        }
    }

    /// As the API does after each commit.
    private static void wakeRelay(Connection database) throws SQLException {
        try (var wake = database.createStatement()) {
            wake.execute("select set_config('synchronous_commit', 'off', true), pg_notify('keyswitch_outbox', '')");
        }
        database.commit();
    }

    /// By the API's own clock: from the request for the key to READY, without the time its bytes were computed.
    private void reassignToReady(KeyswitchClient owner, UUID[] models, PrintWriter out) {
        UUID token = owner.tokens().create(CreateToken.named("bench")).id();
        owner.tokens().assign(token, models[0]);
        awaitReady(owner, token);
        List<Duration> whole = new ArrayList<>();
        List<Duration> without = new ArrayList<>();
        for (int i = 1; i <= warmUp + keys; i++) {
            owner.tokens().reassign(token, models[i % 2]);
            EvaluationKey key = awaitReady(owner, token);
            Duration time = Duration.between(key.requestedAt(), Objects.requireNonNull(key.readyAt()));
            if (i > warmUp) {
                whole.add(time);
                without.add(time.minusMillis(Objects.requireNonNull(key.generationMillis())));
            }
        }
        out.println("reassign to READY:              " + Percentiles.of(whole));
        out.println("  minus generation of the key:  " + Percentiles.of(without));
    }

    private static UUID[] models(KeyswitchClient owner) {
        EncryptionProfile profile = EncryptionProfile.bfv(4096, 20, 36, 36, 37).withRotations(Rotations.steps(1));
        return new UUID[] {
            owner.models().create(new CreateModel("bench A", "", profile)).id(),
            owner.models().create(new CreateModel("bench B", "", profile)).id()
        };
    }

    /// All tokens move from model to model; the first time, to warm up, with the system's own worker.
    private void scaling(BenchSystem bench, UUID[] models, PrintWriter out) throws Exception {
        try (WorkerScaling scaling = new WorkerScaling(bench, moved)) {
            scaling.move(models[0]);
            for (int workers = 1; workers <= 3; workers++) {
                if (workers > 1) {
                    scaling.addWorker();
                }
                double perSecond = scaling.move(models[workers % 2]);
                out.printf(Locale.ROOT, "keys/s, %d worker%s              %.1f%n", workers, workers == 1 ? ": " : "s:", perSecond);
                out.flush();
            }
        }
    }

    private static EvaluationKey awaitReady(KeyswitchClient owner, UUID token) {
        while (true) {
            EvaluationKey key = owner.tokens().get(token).evaluationKey();
            if (key != null && key.state() == EvaluationKeyState.READY) {
                return key;
            }
            LockSupport.parkNanos(20_000_000);
        }
    }
}
