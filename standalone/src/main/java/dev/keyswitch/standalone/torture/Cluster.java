package dev.keyswitch.standalone.torture;

import dev.keyswitch.embedded.EmbeddedPostgresServer;
import dev.keyswitch.embedded.FreePort;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.sdk.KeyswitchException;
import dev.keyswitch.standalone.up.Provisioning;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Database, broker, two API nodes and two workers, each a process of its own, with proxies before all but the workers.
final class Cluster implements AutoCloseable {

    static final String ACCOUNT = "torture";
    private static final String DATABASE = "torture";
    private static final int NODES = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /// As quick as a test wants them. What is left over must be gone soon, so that it can be looked for.
    private static final Map<String, String> QUICK = Map.of(
            "keyswitch.evaluation-key.lease", "6s",
            "keyswitch.evaluation-key.announce-after", "6s",
            "keyswitch.evaluation-key.retry-after", "2s",
            "keyswitch.evaluation-key.sweep-every", "1s",
            "keyswitch.evaluation-key.leases-every", "1s",
            "keyswitch.evaluation-key.tidy-every", "1s",
            "keyswitch.evaluation-key.retention", "1s",
            "keyswitch.evaluation-key.forgotten-after", "10s");

    private final Path folder;
    private EmbeddedPostgresServer database;
    private final Program broker;
    private final CuttableProxy databaseProxy;
    private final CuttableProxy brokerProxy;
    private final List<CuttableProxy> apiProxies = new ArrayList<>();
    private final List<Program> apis = new ArrayList<>();
    private final List<Program> workers = new ArrayList<>();
    private final String kafka;
    private boolean closed;

    Cluster(Path folder) throws Exception {
        this.folder = folder;
        Files.createDirectories(folder.resolve("logs"));
        database = EmbeddedPostgresServer.start(folder.resolve("postgresql"), 0);
        database.createDatabase(DATABASE);
        databaseProxy = new CuttableProxy(database.port());
        int brokerPort = FreePort.find();
        brokerProxy = new CuttableProxy(brokerPort);
        kafka = "127.0.0.1:" + brokerProxy.port();
        broker = start("broker", "dev.keyswitch.standalone.torture.BrokerProgram", Map.of(
                "KEYSWITCH_BROKER_FOLDER", folder.resolve("kafka").toString(),
                "KEYSWITCH_BROKER_PORT", Integer.toString(brokerPort),
                "KEYSWITCH_BROKER_ADVERTISED_PORT", Integer.toString(brokerProxy.port())));
        awaitPort(brokerPort);
        for (int i = 1; i <= NODES; i++) {
            int port = FreePort.find();
            apis.add(start("api-" + i, "dev.keyswitch.api.Main", apiEnvironment(port)));
            apiProxies.add(new CuttableProxy(port));
            awaitPort(port);
        }
        try (KeyswitchClient owner = owner()) {
            Provisioning.provision(owner, holder());
        }
        for (int i = 1; i <= NODES; i++) {
            workers.add(start("worker-" + i, "dev.keyswitch.worker.Main", workerEnvironment(i)));
        }
    }

    private Program start(String name, String mainClass, Map<String, String> environment) throws IOException {
        return Program.start(new Program.Description(name, mainClass, environment, QUICK), folder.resolve("logs"));
    }

    private Map<String, String> apiEnvironment(int port) {
        return Map.of(
                "KEYSWITCH_API_PORT", Integer.toString(port),
                "KEYSWITCH_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + databaseProxy.port() + "/" + DATABASE,
                "KEYSWITCH_DATABASE_USER", database.user(),
                "KEYSWITCH_DATABASE_PASSWORD", database.password(),
                "KEYSWITCH_KAFKA_BOOTSTRAP", kafka,
                "KEYSWITCH_STORE", store().toString(),
                "KEYSWITCH_ADMIN_CREDENTIAL_FILE", folder.resolve("admin.credential").toString(),
                "KEYSWITCH_OWNER_CREDENTIAL_FILE", folder.resolve("owner.credential").toString(),
                "KEYSWITCH_ACCOUNT", ACCOUNT);
    }

    private Map<String, String> workerEnvironment(int number) {
        return Map.of(
                "KEYSWITCH_API_URL", api(number - 1).toString(),
                "KEYSWITCH_AGENT_CREDENTIAL_FILE", Provisioning.agentCredential(holder()).toString(),
                "KEYSWITCH_KAFKA_BOOTSTRAP", kafka,
                "KEYSWITCH_HOLDER", holder().toString(),
                "KEYSWITCH_WORKER_NAME", "worker-" + number,
                "KEYSWITCH_WORKER_PARALLELISM", "2");
    }

    private static void awaitPort(int port) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw new IOException("nobody listens on port " + port, e);
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    /// Through its proxy.
    private URI api(int number) {
        return URI.create("http://127.0.0.1:" + apiProxies.get(number).port());
    }

    /// A client of one of the nodes that gives up soon: callers have other things to do.
    KeyswitchClient caller(int number) throws IOException {
        return client(number).timeout(Duration.ofSeconds(5)).maxRetries(1).build();
    }

    KeyswitchClient owner() throws IOException {
        return client(0).build();
    }

    private KeyswitchClient.Builder client(int number) throws IOException {
        return KeyswitchClient.builder()
                .url(api(number % NODES))
                .credential(Files.readString(folder.resolve("owner.credential")).strip());
    }

    /// Past the proxy.
    Connection database() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(DATABASE), database.user(), database.password());
    }

    String kafka() {
        return kafka;
    }

    Path store() {
        return folder.resolve("evaluation-keys");
    }

    Path holder() {
        return folder.resolve("holder");
    }

    Program broker() {
        return broker;
    }

    List<Program> apis() {
        return apis;
    }

    List<Program> workers() {
        return workers;
    }

    List<CuttableProxy> proxies() {
        return Stream.concat(Stream.of(databaseProxy, brokerProxy), apiProxies.stream()).toList();
    }

    /// SIGKILL of the database's processes, all of them, and a start on the same folder: it recovers from its log.
    void killDatabase() throws IOException {
        int port = database.port();
        long pid = Long.parseLong(
                Files.readAllLines(folder.resolve("postgresql/data/postmaster.pid")).getFirst().strip());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> processes = Stream.concat(Stream.of(server), server.descendants()).toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
        // Lets go of the folder; there is nothing left to stop.
        database.close();
        database = EmbeddedPostgresServer.start(folder.resolve("postgresql"), port);
    }

    /// Nothing is slow, everything runs, and the APIs answer.
    void heal() throws Exception {
        proxies().forEach(proxy -> proxy.slow(0));
        for (Program program : Stream.of(List.of(broker), apis, workers).flatMap(List::stream).toList()) {
            if (!program.isRunning()) {
                program.startAgain();
            }
        }
        for (int i = 0; i < NODES; i++) {
            awaitAnswer(i);
        }
    }

    private void awaitAnswer(int number) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (KeyswitchClient client = caller(number)) {
            while (true) {
                try {
                    client.whoami();
                    return;
                } catch (KeyswitchException e) {
                    if (System.nanoTime() > deadline) {
                        throw new IOException("api-" + (number + 1) + " does not come back: " + e.getMessage(), e);
                    }
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            }
        }
    }

    /// Once; also from the thread that ends this process.
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        workers.forEach(Program::close);
        apis.forEach(Program::close);
        broker.close();
        database.close();
        for (CuttableProxy proxy : proxies()) {
            proxy.close();
        }
    }
}
