package dev.keyswitch.cli;

import static dev.keyswitch.contract.evaluationkey.EvaluationKeyState.GENERATING;
import static dev.keyswitch.contract.evaluationkey.EvaluationKeyState.READY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.sdk.Peer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationKeysCommandsIT {
    private static final String KEY = "/v1/evaluation-keys/" + Samples.KEY;

    private final Peer peer = new Peer();
    private final Cli cli = Cli.of(peer.url());

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void listsKeysInColumns() {
        peer.on("GET /v1/evaluation-keys", Samples.page(Samples.key(READY, 100), Samples.key(GENERATING, 7)));

        assertThat(cli.run("evaluation-keys", "list").out()).isEqualTo("""
            STATE       GENERATION  PERCENT     SIZE  REQUESTED         READY             TOKEN ID                              ID
            READY                3      100  12.3 MB  2026-11-23 09:05  2026-11-23 09:05  0199a000-0000-7000-8000-000000000011  0199a000-0000-7000-8000-000000000021
            GENERATING           3        7        -  2026-11-23 09:05  -                 0199a000-0000-7000-8000-000000000011  0199a000-0000-7000-8000-000000000021
            """);
    }

    @Test
    void showsTheKeyOfATokensPresentAssignment() {
        peer.on(
                "GET /v1/tokens/" + Samples.TOKEN,
                Samples.answer(Samples.assigned(Samples.TOKEN, "ward 7", Samples.key(READY, 100))));

        Cli.Run run = cli.run("evaluation-keys", "get", "--token", Samples.TOKEN.toString());

        assertThat(run.out())
                .contains("state         READY", "computed in   840 ms", "parts         RELINEARIZATION 12.3 MB");
    }

    @Test
    void saysThatAnUnassignedTokenHasNoKey() {
        peer.on("GET /v1/tokens/" + Samples.TOKEN, Samples.answer(Samples.unassigned(Samples.TOKEN, "ward 7")));

        Cli.Run run = cli.run("evaluation-keys", "get", "--token", Samples.TOKEN.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).isEqualTo("keyswitch: The token ward 7 has no evaluation key: it is not assigned.\n");
    }

    @Test
    void downloadsAndChecksTheContent() throws Exception {
        byte[] content = {1, 2, 3};
        String etag = "\""
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)) + "\"";
        peer.on("GET " + KEY, Samples.answer(Samples.key(READY, 100)));
        peer.on("GET " + KEY + "/content", Peer.bytes(200, content, Map.of("ETag", etag)));
        Path file = folder.resolve("key.evk");

        Cli.Run run = cli.run("evaluation-keys", "download", Samples.KEY.toString(), "--out", file.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
    }

    @Test
    void leavesNoFileWhenTheDigestIsWrong() {
        peer.on("GET " + KEY, Samples.answer(Samples.key(READY, 100)));
        peer.on("GET " + KEY + "/content", Peer.bytes(200, new byte[] {1}, Map.of("ETag", "\"00\"")));

        Cli.Run run = cli.run(
                "evaluation-keys",
                "download",
                Samples.KEY.toString(),
                "--out",
                folder.resolve("key.evk").toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void downloadsOnlyWhatIsReady() {
        peer.on("GET " + KEY, Samples.answer(Samples.key(GENERATING, 7)));

        Cli.Run run = cli.run(
                "evaluation-keys",
                "download",
                Samples.KEY.toString(),
                "--out",
                folder.resolve("key.evk").toString());

        assertThat(run.err()).isEqualTo("keyswitch: The evaluation key is GENERATING, not READY.\n");
    }
}
