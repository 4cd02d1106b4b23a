package dev.keyswitch.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.contract.account.Whoami;
import dev.keyswitch.embedded.TestServices;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The API as a process of its own.
class MainIT {

    @TempDir
    Path folder = Path.of("");

    @Test
    void servesUntilItIsAskedToEnd() throws Exception {
        TestServices services = TestServices.start();
        Process process = start(Map.of(
                "KEYSWITCH_API_PORT", "0",
                "KEYSWITCH_DATABASE_URL", services.newDatabase(),
                "KEYSWITCH_DATABASE_USER", services.databaseUser(),
                "KEYSWITCH_DATABASE_PASSWORD", services.databasePassword(),
                "KEYSWITCH_KAFKA_BOOTSTRAP", services.kafkaBootstrap(),
                "KEYSWITCH_STORE", folder.resolve("store").toString(),
                "KEYSWITCH_OWNER_CREDENTIAL_FILE", folder.resolve("owner.credential").toString(),
                "KEYSWITCH_ACCOUNT", "main"));
        try {
            URI uri = URI.create(line(process).replace("keyswitch api is up: ", ""));
            TestClient owner = TestClient.of(uri, Files.readString(folder.resolve("owner.credential")).strip());
            assertThat(owner.get("/v1/whoami").as(200, Whoami.class).accountSlug()).isEqualTo("main");
            Samples.token(owner, "last words");
        } finally {
            process.destroy();
        }

        assertThat(process.waitFor(Duration.ofSeconds(10))).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
    }

    @Test
    void saysInOneLineWhatIsMissing() throws Exception {
        Process process = start(Map.of("KEYSWITCH_API_PORT", "0"));

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("stderr")))
                .isEqualTo("keyswitch api could not start: the environment variable KEYSWITCH_DATABASE_URL is needed\n");
    }

    private Process start(Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.keyswitch.api.Main");
        builder.environment().keySet().removeIf(name -> name.startsWith("KEYSWITCH_"));
        builder.environment().putAll(environment);
        return builder.redirectError(folder.resolve("stderr").toFile()).start();
    }

    private static String line(Process process) throws IOException {
        BufferedReader out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        while (true) {
            String line = out.readLine();
            if (line == null) {
                throw new AssertionError("ended with " + process.onExit().join().exitValue());
            }
            if (line.startsWith("keyswitch api is up")) {
                return line;
            }
        }
    }
}
