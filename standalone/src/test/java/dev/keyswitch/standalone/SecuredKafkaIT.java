package dev.keyswitch.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.access.AccessView;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.embedded.FreePort;
import dev.keyswitch.embedded.SecuredKafka;
import dev.keyswitch.embedded.TestServices;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.standalone.up.Provisioning;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Api, worker and access view with a broker that wants to know who they are, and the rights of docs/how-to/grant-access-to-events.md: those are
/// enough for the whole way.
class SecuredKafkaIT {

    private static final String ACCOUNT = "acme";

    private final TestServices services = TestServices.start();

    @TempDir
    Path folder;

    @Test
    void theWholeWayNeedsNoMoreRightsThanAreGranted() throws Exception {
        int port = FreePort.find();
        URI uri = URI.create("http://127.0.0.1:" + port);
        try (SecuredKafka broker = broker()) {
            grant(broker);
            try (JavaProcess api = start("api", "dev.keyswitch.api.Main", api(port, broker))) {
                api.awaitLine("keyswitch api is up");
                try (KeyswitchClient owner = owner(uri)) {
                    Provisioning.provision(owner, folder.resolve("holder"));
                    try (JavaProcess worker = start("worker", "dev.keyswitch.worker.Main", worker(uri, broker));
                            AccessView view = AccessView.builder()
                                    .bootstrapServers(broker.bootstrapServers())
                                    .account(ACCOUNT)
                                    .kafka(SecuredKafka.security("modelserver"))
                                    .open()) {
                        Model model = Workload.smallModel(owner, "Model");
                        Token token = Workload.token(owner, "Token");
                        owner.tokens().assign(token.id(), model.id());

                        Workload.assertKeyInForce(owner, token.id());
                        String value = Objects.requireNonNull(token.value());
                        while (!view.mayQuery(value, model.id()).allowed()) {
                            TimeUnit.MILLISECONDS.sleep(20);
                        }
                        assertThat(worker.output()).contains("Evaluation key is ready");
                    }
                }
            }
        }
    }

    @Test
    void aFileWithSecretsThatOthersCanReadIsRefused() throws Exception {
        Path file = securityFile("api");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        try (SecuredKafka broker = broker();
                JavaProcess api = start("api", "dev.keyswitch.api.Main", api(FreePort.find(), broker))) {
            assertThat(api.awaitExit()).isEqualTo(1);
            assertThat(api.output() + api.errors()).contains("must be readable by its owner only").doesNotContain("apipassword");
        }
    }

    private KeyswitchClient owner(URI uri) throws Exception {
        return KeyswitchClient.builder()
                .url(uri)
                .credential(Files.readString(folder.resolve("owner.credential")).strip())
                .build();
    }

    private SecuredKafka broker() throws Exception {
        return SecuredKafka.start(folder.resolve("kafka"), "api", "worker", "modelserver");
    }

    private static void grant(SecuredKafka broker) throws Exception {
        broker.allow("api", ResourceType.TOPIC, "keyswitch.", AclOperation.CREATE, AclOperation.WRITE, AclOperation.DESCRIBE)
                .allow("api", ResourceType.TRANSACTIONAL_ID, "keyswitch-outbox.", AclOperation.WRITE, AclOperation.DESCRIBE)
                .allow("worker", ResourceType.TOPIC, "keyswitch.acme.tokens", AclOperation.READ, AclOperation.DESCRIBE)
                .allow("worker", ResourceType.GROUP, "keyswitch-evk-worker.", AclOperation.READ)
                .allow("modelserver", ResourceType.TOPIC, "keyswitch.acme.access", AclOperation.READ, AclOperation.DESCRIBE);
        broker.grant();
    }

    private Path securityFile(String user) throws Exception {
        Path file = folder.resolve(user + "-kafka.properties");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            List<String> lines = SecuredKafka.security(user).entrySet().stream()
                    .map(setting -> setting.getKey() + "=" + setting.getValue())
                    .toList();
            Files.write(file, lines);
        }
        return file;
    }

    private Map<String, String> api(int port, SecuredKafka broker) throws Exception {
        return Map.ofEntries(
                Map.entry("KEYSWITCH_API_PORT", Integer.toString(port)),
                Map.entry("KEYSWITCH_DATABASE_URL", services.newDatabase()),
                Map.entry("KEYSWITCH_DATABASE_USER", services.databaseUser()),
                Map.entry("KEYSWITCH_DATABASE_PASSWORD", services.databasePassword()),
                Map.entry("KEYSWITCH_KAFKA_BOOTSTRAP", broker.bootstrapServers()),
                Map.entry("KEYSWITCH_KAFKA_SECURITY_FILE", securityFile("api").toString()),
                Map.entry("KEYSWITCH_STORE", folder.resolve("evaluation-keys").toString()),
                Map.entry("KEYSWITCH_OWNER_CREDENTIAL_FILE", folder.resolve("owner.credential").toString()),
                Map.entry("KEYSWITCH_ACCOUNT", ACCOUNT));
    }

    private Map<String, String> worker(URI api, SecuredKafka broker) throws Exception {
        return Map.of(
                "KEYSWITCH_API_URL", api.toString(),
                "KEYSWITCH_AGENT_CREDENTIAL_FILE", folder.resolve("holder/agent.credential").toString(),
                "KEYSWITCH_KAFKA_BOOTSTRAP", broker.bootstrapServers(),
                "KEYSWITCH_KAFKA_SECURITY_FILE", securityFile("worker").toString(),
                "KEYSWITCH_HOLDER", folder.resolve("holder").toString());
    }

    private JavaProcess start(String name, String mainClass, Map<String, String> environment) throws Exception {
        return JavaProcess.start(mainClass, List.of(), environment, folder.resolve(name + ".txt"));
    }
}
