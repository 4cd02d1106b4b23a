package dev.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.account.Whoami;
import dev.keyswitch.sdk.Peer;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationIT {
    private static final String OWNER = "ksm_ofTheRunningSystem";

    private final Peer peer = new Peer();

    @TempDir
    private Path home;

    private Cli bare = Cli.bare(Path.of(""));

    @BeforeEach
    void answerWhoami() throws IOException {
        bare = Cli.bare(home);
        peer.on(
                "GET /v1/whoami",
                Samples.answer(new Whoami(
                        Samples.KEY, "first owner", Role.OWNER, Samples.MODEL, "default", null, Samples.DEPLOYMENT)));
        Files.writeString(home.resolve("owner.credential"), OWNER + "\n");
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void usesTheKeyswitchThatRunsOnThisMachine() throws IOException {
        running(ProcessHandle.current().pid(), peer.url());

        Cli.Run run = bare.run("whoami");

        assertThat(run.out()).isEqualTo("""
            credential     first owner
            credential id  0199a000-0000-7000-8000-000000000021
            role           OWNER
            account        default
            account id     0199a000-0000-7000-8000-000000000001
            deployment id  0199a000-0000-7000-8000-00000000000d
            """);
        assertThat(peer.received().getFirst().header("Authorization")).isEqualTo("Bearer " + OWNER);
    }

    @Test
    void letsTheEnvironmentWin() throws IOException {
        running(ProcessHandle.current().pid(), URI.create("http://127.0.0.1:1"));

        bare.with("KEYSWITCH_URL", peer.url().toString())
                .with("KEYSWITCH_CREDENTIAL", "ksm_mine")
                .run("whoami");

        assertThat(peer.received().getFirst().header("Authorization")).isEqualTo("Bearer ksm_mine");
    }

    @Test
    void sendsTheCredentialOfTheRunningSystemNowhereElse() throws IOException {
        running(ProcessHandle.current().pid(), URI.create("http://127.0.0.1:1"));

        Cli.Run run = bare.with("KEYSWITCH_URL", peer.url().toString()).run("whoami");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .isEqualTo("keyswitch: There is no credential for " + peer.url() + ".\n  Set KEYSWITCH_CREDENTIAL.\n");
        assertThat(peer.received()).isEmpty();
    }

    @Test
    void sendsNothingToThePortOfASystemThatHasEnded() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        running(ended.pid(), peer.url());

        Cli.Run run = bare.run("whoami");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).isEqualTo("""
            keyswitch: No Keyswitch runs on this machine.
              Start one with 'keyswitch up', or set KEYSWITCH_URL and KEYSWITCH_CREDENTIAL.
            """);
        assertThat(peer.received()).isEmpty();
    }

    @Test
    void saysWithThreeThatNobodyAnswers() throws IOException {
        URI nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = URI.create("http://127.0.0.1:" + free.getLocalPort());
        }

        Cli.Run run = Cli.of(nobody).run("whoami");

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(run.err())
                .startsWith("keyswitch: Cannot reach " + nobody + ": the connection was refused\n  request ");
    }

    @Test
    void saysWithThreeThatTheServiceIsNotReady() {
        peer.on("GET /v1/whoami", Peer.status(503, Map.of()));

        assertThat(Cli.of(peer.url()).run("whoami").exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void neverPrintsTheCredential() {
        peer.on("GET /v1/whoami", Peer.status(401, Map.of()));

        Cli.Run refused = Cli.of(peer.url()).run("whoami");
        Cli.Run malformed = Cli.of(peer.url())
                .with("KEYSWITCH_CREDENTIAL", "ksm_secretOfTheTest and more")
                .run("whoami");

        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(malformed.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.out() + refused.err() + malformed.out() + malformed.err())
                .doesNotContain("secretOfTheTest");
    }

    private void running(long pid, URI api) throws IOException {
        Files.writeString(
                home.resolve("running.json"),
                "{\"pid\":%d,\"api\":\"%s\",\"console\":\"http://127.0.0.1:8081\",\"data\":\"%s\"}"
                        .formatted(pid, api, home));
    }
}
