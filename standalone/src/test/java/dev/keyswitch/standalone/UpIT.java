package dev.keyswitch.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.sdk.KeyswitchClient;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `keyswitch up`, as the person at the terminal sees it.
class UpIT {

    @TempDir
    Path folder;

    @Test
    void keepsEverythingOverACleanRestartAndAKill() throws Exception {
        String credential;
        try (UpProcess up = UpProcess.start(folder, Map.of());
                KeyswitchClient owner = up.owner()) {
            credential = Files.readString(up.data().resolve("owner.credential"));
            Workload.smallModel(owner, "First");
            assertThat(up.terminate()).isLessThan(Duration.ofSeconds(10));
        }

        try (UpProcess up = UpProcess.start(folder, Map.of());
                KeyswitchClient owner = up.owner()) {
            assertThat(owner.listModels()).extracting("name").containsExactly("First");
            Workload.smallModel(owner, "Second");
            up.kill();
            assertThat(databaseProcess(up.data())).as("the database outlives its parent").isPresent();

            try (UpProcess again = UpProcess.start(folder, Map.of());
                    KeyswitchClient sameOwner = again.owner()) {
                assertThat(sameOwner.listModels()).extracting("name").containsExactlyInAnyOrder("First", "Second");
                assertThat(Files.readString(again.data().resolve("owner.credential"))).isEqualTo(credential);
            }
        }
    }

    @Test
    void writesSecretsForTheirOwnerOnly() throws Exception {
        try (UpProcess up = UpProcess.start(folder, Map.of())) {
            for (String file :
                    List.of("owner.credential", "admin.credential", "holder/root.key", "holder/agent.credential")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(up.data().resolve(file))))
                        .as(file)
                        .isEqualTo("rw-------");
            }
            assertThat(up.process().output() + up.process().errors()).doesNotContain("ksm_");
        }
    }

    @Test
    void saysReadyAndGreetsAtTheConsole() throws Exception {
        try (UpProcess up = UpProcess.start(folder, Map.of());
                HttpClient http = HttpClient.newHttpClient()) {
            assertThat(get(http, up.api().resolve("/health/readiness")).statusCode()).isEqualTo(200);
            assertThat(get(http, up.console().resolve("/")).statusCode()).isIn(200, 302, 303);
        }
    }

    @Test
    void refusesASecondStartOnTheSameFolder() throws Exception {
        try (UpProcess up = UpProcess.start(folder, Map.of());
                JavaProcess second = UpProcess.launch(folder, List.of(), Map.of())) {
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.errors().lines())
                    .containsExactly("keyswitch: " + up.data() + " is in use by process " + up.process().pid() + ".");
        }
    }

    @Test
    void refusesATakenPort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                JavaProcess up = UpProcess.launch(
                        folder, List.of("--api-port", Integer.toString(taken.getLocalPort())), Map.of())) {
            assertThat(up.awaitExit()).isEqualTo(1);
            assertThat(up.errors().lines())
                    .containsExactly("keyswitch: Port " + taken.getLocalPort()
                            + " is taken; choose another one with --api-port.");
        }
    }

    private static HttpResponse<String> get(HttpClient http, URI uri) throws Exception {
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static Optional<ProcessHandle> databaseProcess(Path data) throws Exception {
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(data.resolve("postgresql/data/postmaster.pid"))
                .getFirst()
                .strip()));
    }
}
