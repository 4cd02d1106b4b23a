package dev.keyswitch.standalone.up;

import dev.keyswitch.api.ApiConfiguration;
import dev.keyswitch.api.ApiServer;
import dev.keyswitch.console.ConsoleConfiguration;
import dev.keyswitch.console.ConsoleServer;
import dev.keyswitch.contract.event.KafkaConnection;
import dev.keyswitch.embedded.EmbeddedKafkaServer;
import dev.keyswitch.embedded.EmbeddedPostgresServer;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.worker.LocalPolicy;
import dev.keyswitch.worker.Worker;
import dev.keyswitch.worker.WorkerConfiguration;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// PostgreSQL, Kafka, api, evk-worker and web console, all of this process and on 127.0.0.1.
///
/// Database and broker start side by side, and so do console and worker once the API answers.
public final class LocalSystem implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LocalSystem.class);
    private static final String HOST = "127.0.0.1";
    private static final String DATABASE = "keyswitch";
    private static final String ACCOUNT = "default";

    private final DataFolder data;
    private final Stopwatch stopwatch = new Stopwatch();
    /// What runs, the latest first: the order in which it is stopped.
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private Duration startTime = Duration.ZERO;
    private URI api = URI.create("http://" + HOST);
    private URI console = URI.create("http://" + HOST);
    private @Nullable Inside inside;

    /// The way past the API: for whoever measures or inspects.
    public record Inside(String databaseUrl, String databaseUser, String databasePassword, String kafkaBootstrap) {

        /// Never shows the password.
        @Override
        public String toString() {
            return "Inside[" + databaseUrl + " " + kafkaBootstrap + "]";
        }
    }

    private LocalSystem(DataFolder data) {
        this.data = data;
    }

    /// @throws RefusedStartException if a port is taken
    /// @throws IOException if a part does not start; what had started by then is stopped again
    public static LocalSystem start(DataFolder data, Ports ports) throws IOException {
        ports.requireFree();
        LocalSystem system = new LocalSystem(data);
        try {
            system.startAll(ports);
            return system;
        } catch (Exception e) {
            system.close();
            if (e instanceof RefusedStartException refused) {
                throw refused;
            }
            throw new IOException("The system does not start: " + rootMessage(e), e);
        }
    }

    private void startAll(Ports ports) throws Exception {
        try (var starters = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<EmbeddedPostgresServer> database =
                    starters.submit(() -> stopwatch.measure("postgresql", this::startDatabase));
            Future<EmbeddedKafkaServer> broker = starters.submit(
                    () -> stopwatch.measure("kafka", () -> keep(EmbeddedKafkaServer.start(data.kafka(), 0))));
            EmbeddedPostgresServer postgres = result(database);
            EmbeddedKafkaServer kafka = result(broker);
            inside = new Inside(
                    postgres.jdbcUrl(DATABASE), postgres.user(), postgres.password(), kafka.bootstrapServers());
            ApiServer server = stopwatch.measure("api", () -> keep(ApiServer.start(api(ports, postgres, kafka))));
            api = server.uri();
            Future<ConsoleServer> page = starters.submit(() -> stopwatch.measure(
                    "web-console",
                    () -> keep(ConsoleServer.start(new ConsoleConfiguration(HOST, ports.console(), api)))));
            Future<Worker> worker =
                    starters.submit(() -> stopwatch.measure("evk-worker", () -> keep(startWorker(kafka))));
            console = result(page).uri();
            result(worker);
        }
        startTime = stopwatch.sinceBegin();
    }

    private EmbeddedPostgresServer startDatabase() throws Exception {
        EmbeddedPostgresServer server = keep(EmbeddedPostgresServer.start(data.postgresql(), 0));
        server.createDatabase(DATABASE);
        return server;
    }

    private ApiConfiguration api(Ports ports, EmbeddedPostgresServer postgres, EmbeddedKafkaServer kafka) {
        return new ApiConfiguration(
                HOST,
                ports.api(),
                postgres.jdbcUrl(DATABASE),
                postgres.user(),
                postgres.password(),
                KafkaConnection.plain(kafka.bootstrapServers()),
                data.evaluationKeys(),
                data.adminCredential(),
                data.ownerCredential(),
                ACCOUNT);
    }

    private Worker startWorker(EmbeddedKafkaServer kafka) throws IOException {
        try (KeyswitchClient owner = KeyswitchClient.builder()
                .url(api)
                .credential(Files.readString(data.ownerCredential()).strip())
                .build()) {
            Provisioning.provision(owner, data.holder());
        }
        return Worker.start(new WorkerConfiguration(
                api,
                Files.readString(Provisioning.agentCredential(data.holder())).strip(),
                KafkaConnection.plain(kafka.bootstrapServers()),
                data.holder(),
                // The folder's lock makes sure that there is only one of this name.
                Optional.of("evk-worker"),
                Runtime.getRuntime().availableProcessors(),
                LocalPolicy.DEFAULT));
    }

    private <T extends AutoCloseable> T keep(T part) {
        synchronized (running) {
            running.push(part);
        }
        return part;
    }

    private static <T> T result(Future<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    public URI api() {
        return api;
    }

    public URI console() {
        return console;
    }

    public DataFolder data() {
        return data;
    }

    public Inside inside() {
        return Objects.requireNonNull(inside);
    }

    /// How long the parts took to start; some of them side by side.
    public Map<String, Duration> startTimes() {
        return stopwatch.laps();
    }

    /// How long it took until everything was up.
    public Duration startTime() {
        return startTime;
    }

    /// Stops the parts, the latest first. Nothing is lost if this is not reached.
    @Override
    public void close() {
        synchronized (running) {
            while (!running.isEmpty()) {
                AutoCloseable part = running.pop();
                try {
                    part.close();
                } catch (Exception e) {
                    log.error("Cannot stop part={}", part.getClass().getSimpleName(), e);
                }
            }
        }
    }
}
