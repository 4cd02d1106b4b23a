package dev.keyswitch.console.browser;

import dev.keyswitch.api.ApiConfiguration;
import dev.keyswitch.api.ApiServer;
import dev.keyswitch.console.ConsoleConfiguration;
import dev.keyswitch.console.ConsoleServer;
import dev.keyswitch.contract.account.Account;
import dev.keyswitch.contract.account.CreateCredential;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.evaluationkey.ClaimEvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.ReportFailure;
import dev.keyswitch.contract.evaluationkey.ReportProgress;
import dev.keyswitch.contract.event.KafkaConnection;
import dev.keyswitch.contract.holder.ChangeHolder;
import dev.keyswitch.embedded.TestServices;
import dev.keyswitch.keygen.RootKey;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.worker.LocalPolicy;
import dev.keyswitch.worker.Worker;
import dev.keyswitch.worker.WorkerConfiguration;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Everything the console needs, real, on a database of its own. The worker can be switched off and on, so that a test
/// can look at a key that waits.
final class RunningSystem implements AutoCloseable {

    private static final TestServices SERVICES = TestServices.start();

    private final ApiServer api;
    private final String databaseUrl;
    private final ConsoleServer console;
    private final String credential;
    private final KeyswitchClient owner;
    private final WorkerConfiguration workerConfiguration;
    private final String rootFingerprint;
    private @Nullable Worker worker;

    private RunningSystem(ApiServer api, String databaseUrl, int consolePort, Path folder) throws IOException {
        this.api = api;
        this.databaseUrl = databaseUrl;
        this.console = ConsoleServer.start(new ConsoleConfiguration("127.0.0.1", consolePort, api.uri()));
        this.credential = Files.readString(folder.resolve("owner.credential")).strip();
        this.owner = KeyswitchClient.builder().url(api.uri()).credential(credential).build();
        Path rootKey = folder.resolve("root.key");
        this.rootFingerprint = newRootKey(rootKey);
        this.workerConfiguration = new WorkerConfiguration(
                api.uri(),
                provisionHolder(owner, rootFingerprint),
                KafkaConnection.plain(SERVICES.kafkaBootstrap()),
                folder,
                Optional.of("worker-1"),
                2,
                LocalPolicy.DEFAULT);
    }

    /// @param folder of this system alone
    static RunningSystem start(Path folder, int consolePort) throws IOException {
        String databaseUrl = SERVICES.newDatabase();
        ApiServer api = ApiServer.start(new ApiConfiguration(
                "127.0.0.1",
                0,
                databaseUrl,
                SERVICES.databaseUser(),
                SERVICES.databasePassword(),
                KafkaConnection.plain(SERVICES.kafkaBootstrap()),
                folder.resolve("store"),
                null,
                folder.resolve("owner.credential"),
                databaseUrl.substring(databaseUrl.lastIndexOf('/') + 1).replace('_', '-')));
        return new RunningSystem(api, databaseUrl, consolePort, folder);
    }

    private static String newRootKey(Path file) throws IOException {
        try (RootKey fresh = RootKey.generate(new SecureRandom())) {
            fresh.write(file);
            return fresh.fingerprint();
        }
    }

    /// The default holder gets a root key; its worker a credential.
    private static String provisionHolder(KeyswitchClient owner, String rootFingerprint) {
        Account account = owner.account();
        owner.holders().change(account.defaultHolderId(), new ChangeHolder(null, rootFingerprint));
        return Objects.requireNonNull(owner.credentials()
                .create(new CreateCredential("worker-1", Role.AGENT, account.defaultHolderId()))
                .value());
    }

    /// Claims the token's evaluation key as its holder's worker would, and reports so far.
    int claimAndReport(UUID token, int percent) {
        try (KeyswitchClient agent = agent()) {
            EvaluationKey key = Objects.requireNonNull(owner.tokens().get(token).evaluationKey());
            int attempt = agent.evaluationKeys()
                    .claim(key.id(), new ClaimEvaluationKey(key.generation(), rootFingerprint, "worker-1"))
                    .attempt();
            agent.evaluationKeys().progress(key.id(), new ReportProgress(attempt, percent));
            return attempt;
        }
    }

    /// Claims the token's evaluation key and gives it up.
    void failKey(UUID token, String reason) {
        int attempt = claimAndReport(token, 10);
        try (KeyswitchClient agent = agent()) {
            EvaluationKey key = Objects.requireNonNull(owner.tokens().get(token).evaluationKey());
            agent.evaluationKeys().fail(key.id(), new ReportFailure(attempt, reason));
        }
    }

    private KeyswitchClient agent() {
        return KeyswitchClient.builder()
                .url(api.uri())
                .credential(workerConfiguration.credential())
                .build();
    }

    void startWorker() throws IOException {
        if (worker == null) {
            worker = Worker.start(workerConfiguration);
        }
    }

    void stopWorker() {
        if (worker != null) {
            worker.close();
            worker = null;
        }
    }

    /// A connection past the API.
    Connection database() throws SQLException {
        return DriverManager.getConnection(databaseUrl, SERVICES.databaseUser(), SERVICES.databasePassword());
    }

    URI console() {
        return console.uri();
    }

    URI api() {
        return api.uri();
    }

    /// Of role OWNER.
    String credential() {
        return credential;
    }

    KeyswitchClient owner() {
        return owner;
    }

    @Override
    public void close() {
        stopWorker();
        console.close();
        owner.close();
        api.close();
    }

    /// For developers: starts everything and stays.
    static void main(String... arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        Files.createDirectories(folder);
        RunningSystem system = start(folder, Integer.parseInt(arguments[1]));
        system.startWorker();
        System.out.println("up " + system.console() + " api " + system.api());
        Thread.currentThread().join();
    }
}
