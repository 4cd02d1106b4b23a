package dev.keyswitch.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.api.ApiConfiguration;
import dev.keyswitch.api.ApiServer;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.event.KafkaConnection;
import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.Rotations;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.embedded.TestServices;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.standalone.up.Provisioning;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two workers as processes, and what becomes of the key of one that does not go on with it.
class PausedWorkerIT {

    private static final Map<String, String> SHORT_LEASES = Map.of(
            "keyswitch.evaluation-key.lease", "3s",
            "keyswitch.evaluation-key.leases-every", "500ms");

    private final TestServices services = TestServices.start();

    @TempDir
    Path folder;

    private ApiServer api;
    private KeyswitchClient owner;

    @BeforeEach
    void start() throws Exception {
        SHORT_LEASES.forEach(System::setProperty);
        String database = services.newDatabase();
        api = ApiServer.start(new ApiConfiguration(
                "127.0.0.1",
                0,
                database,
                services.databaseUser(),
                services.databasePassword(),
                KafkaConnection.plain(services.kafkaBootstrap()),
                folder.resolve("store"),
                null,
                folder.resolve("owner.credential"),
                database.substring(database.lastIndexOf('/') + 1).replace('_', '-')));
        owner = KeyswitchClient.builder()
                .url(api.uri())
                .credential(Files.readString(folder.resolve("owner.credential")).strip())
                .build();
        Provisioning.provision(owner, folder.resolve("holder"));
    }

    @AfterEach
    void stop() {
        SHORT_LEASES.keySet().forEach(System::clearProperty);
        owner.close();
        api.close();
    }

    @Test
    void aWorkerThatWakesAfterItsLeaseDoesNotDisturbTheOneThatTookOver() throws Exception {
        Model model = slowModel();
        Token token = Workload.token(owner, "Token");
        try (JavaProcess stalled = worker("stalled")) {
            owner.tokens().assign(token.id(), model.id());
            Workload.awaitKey(owner, token.id(), key -> "stalled".equals(key.generatedBy()) && key.progressPercent() > 0);
            signal(stalled, "STOP");

            try (JavaProcess other = worker("other")) {
                Workload.awaitKey(owner, token.id(), key -> "other".equals(key.generatedBy()));
                signal(stalled, "CONT");

                EvaluationKey ready = Workload.awaitReady(owner, token.id());

                assertThat(ready.generatedBy()).isEqualTo("other");
                assertThat(ready.attempt()).isEqualTo(2);
                Workload.assertKeyInForce(owner, token.id());
                assertThat(other.output()).contains("Evaluation key is ready");
                assertThat(stalled.output()).doesNotContain("Evaluation key is ready");
            }
        }
    }

    @Test
    void aWorkerThatIsStoppedHandsItsKeyBackAtOnce() throws Exception {
        Model model = slowModel();
        Token token = Workload.token(owner, "Token");
        JavaProcess stopped = worker("stopped");
        owner.tokens().assign(token.id(), model.id());
        Workload.awaitKey(owner, token.id(), key -> "stopped".equals(key.generatedBy()) && key.progressPercent() > 0);

        stopped.terminate();

        EvaluationKey key = owner.tokens().get(token.id()).evaluationKey();
        assertThat(key.state()).isIn(EvaluationKeyState.REQUESTED, EvaluationKeyState.READY);
        try (JavaProcess other = worker("other")) {
            Workload.awaitReady(owner, token.id());
            Workload.assertKeyInForce(owner, token.id());
            assertThat(other.pid()).isPositive();
        }
    }

    /// Its keys take some seconds: long enough to be interrupted.
    private Model slowModel() {
        return owner.models()
                .create(new CreateModel(
                        "Slow",
                        "",
                        EncryptionProfile.ckks(16384, 60, 40, 40, 40, 40, 40, 40, 60)
                                .withRotations(Rotations.steps(1, 2, 4, 8, 16, 32, 64, 128, 256, 512))));
    }

    private JavaProcess worker(String name) throws Exception {
        return JavaProcess.start(
                "dev.keyswitch.worker.Main",
                List.of(),
                Map.of(
                        "KEYSWITCH_API_URL", api.uri().toString(),
                        "KEYSWITCH_AGENT_CREDENTIAL_FILE", folder.resolve("holder/agent.credential").toString(),
                        "KEYSWITCH_KAFKA_BOOTSTRAP", services.kafkaBootstrap(),
                        "KEYSWITCH_HOLDER", folder.resolve("holder").toString(),
                        "KEYSWITCH_WORKER_NAME", name),
                folder.resolve(name + ".txt"));
    }

    private static void signal(JavaProcess process, String signal) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor()).isZero();
    }
}
