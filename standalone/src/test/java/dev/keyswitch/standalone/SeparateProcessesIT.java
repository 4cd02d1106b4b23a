package dev.keyswitch.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.embedded.FreePort;
import dev.keyswitch.embedded.TestServices;
import dev.keyswitch.sdk.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shape of docker-compose.yml without containers: each service a process of its own, started with the main class and the
/// environment that the compose file gives it; then the demo against it.
class SeparateProcessesIT {

    private static final Path COMPOSE_FILE = Path.of("..", "docker-compose.yml");

    private final TestServices services = TestServices.start();

    @TempDir
    Path folder;

    @Test
    void theDemoHoldsAgainstSeparateProcesses() throws Exception {
        int apiPort = FreePort.find();
        URI api = URI.create("http://127.0.0.1:" + apiPort);
        int consolePort = FreePort.find();
        try (JavaProcess apiProcess = start("dev.keyswitch.api.Main", List.of(), apiEnvironment(apiPort))) {
            awaitAnswer(api.resolve("/health/readiness"));
            try (JavaProcess provision = start(
                    "dev.keyswitch.standalone.Main",
                    List.of(
                            "provision",
                            "--url=" + api,
                            "--owner-credential-file=" + folder.resolve("owner.credential"),
                            "--holder=" + folder.resolve("holder")),
                    Map.of())) {
                assertThat(provision.awaitExit()).as("%s", provision.errors()).isZero();
            }
            try (JavaProcess worker = start("dev.keyswitch.worker.Main", List.of(), workerEnvironment(api));
                    JavaProcess console =
                            start("dev.keyswitch.console.Main", List.of(), consoleEnvironment(api, consolePort))) {
                awaitAnswer(URI.create("http://127.0.0.1:" + consolePort + "/"));

                try (JavaProcess demo = start("dev.keyswitch.standalone.Main", List.of("demo", "--json", "--url=" + api), Map.of(
                        "KEYSWITCH_CREDENTIAL", Files.readString(folder.resolve("owner.credential")).strip(),
                        "KEYSWITCH_ROOT_KEY", folder.resolve("holder/root.key").toString()))) {
                    assertThat(demo.awaitExit())
                            .as("%s%n%s%n%s", demo.output() + demo.errors(), worker.output(), apiProcess.output())
                            .isZero();
                    assertThat(Json.mapper().readTree(demo.output()).path("ok").asBoolean()).isTrue();
                    assertThat(console.output()).doesNotContain("ERROR");
                }
            }
        }
    }

    @Test
    void knowsTheProgramsAndSettingsOfTheComposeFile() throws Exception {
        String compose = Files.readString(COMPOSE_FILE);

        assertThat(matches(compose, "dev\\.keyswitch\\.\\w+\\.Main"))
                .containsExactlyInAnyOrder(
                        "dev.keyswitch.api.Main",
                        "dev.keyswitch.standalone.Main",
                        "dev.keyswitch.worker.Main",
                        "dev.keyswitch.console.Main");
        List<String> settings = new ArrayList<>();
        settings.addAll(apiEnvironment(1).keySet());
        settings.addAll(workerEnvironment(URI.create("http://api")).keySet());
        settings.addAll(consoleEnvironment(URI.create("http://api"), 1).keySet());
        assertThat(matches(compose, "KEYSWITCH_\\w+(?=:)")).hasSameElementsAs(Set.copyOf(settings));
    }

    private Map<String, String> apiEnvironment(int port) {
        return Map.of(
                "KEYSWITCH_API_HOST", "127.0.0.1",
                "KEYSWITCH_API_PORT", Integer.toString(port),
                "KEYSWITCH_DATABASE_URL", services.databaseUrl("separate_processes"),
                "KEYSWITCH_DATABASE_USER", services.databaseUser(),
                "KEYSWITCH_DATABASE_PASSWORD", services.databasePassword(),
                "KEYSWITCH_KAFKA_BOOTSTRAP", services.kafkaBootstrap(),
                "KEYSWITCH_STORE", folder.resolve("evaluation-keys").toString(),
                "KEYSWITCH_ADMIN_CREDENTIAL_FILE", folder.resolve("admin.credential").toString(),
                "KEYSWITCH_OWNER_CREDENTIAL_FILE", folder.resolve("owner.credential").toString(),
                "KEYSWITCH_ACCOUNT", "separate");
    }

    private Map<String, String> workerEnvironment(URI api) {
        return Map.of(
                "KEYSWITCH_API_URL", api.toString(),
                "KEYSWITCH_AGENT_CREDENTIAL_FILE", folder.resolve("holder/agent.credential").toString(),
                "KEYSWITCH_KAFKA_BOOTSTRAP", services.kafkaBootstrap(),
                "KEYSWITCH_HOLDER", folder.resolve("holder").toString());
    }

    private static Map<String, String> consoleEnvironment(URI api, int port) {
        return Map.of(
                "KEYSWITCH_CONSOLE_HOST", "127.0.0.1",
                "KEYSWITCH_CONSOLE_PORT", Integer.toString(port),
                "KEYSWITCH_API_URL", api.toString());
    }

    private JavaProcess start(String mainClass, List<String> arguments, Map<String, String> environment)
            throws Exception {
        return JavaProcess.start(mainClass, arguments, environment, Files.createTempFile(folder, "process", ".txt"));
    }

    private static List<String> matches(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
    }

    private static void awaitAnswer(URI uri) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (true) {
                try {
                    int status = http.send(
                                    HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode();
                    if (status < 400) {
                        return;
                    }
                } catch (IOException _) {
                    // does not listen yet
                }
                assertThat(System.nanoTime()).as("no answer from " + uri).isLessThan(deadline);
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }
}
