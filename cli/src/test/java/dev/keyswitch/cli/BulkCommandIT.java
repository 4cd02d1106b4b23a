package dev.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.sdk.Peer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BulkCommandIT {
    private static final String KEY = "Hq2-7wX1vT9bKfH0mZr5LdYcQe8sJnAu";

    private final Peer peer = new Peer();
    private final Cli cli = Cli.of(peer.url());
    private Path file = Path.of("");

    @BeforeEach
    void prepare(@TempDir Path folder) {
        file = folder.resolve("lines");
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void printsWhatEachLineWasAnswered() throws Exception {
        Files.writeString(file, "{\"operation\":\"SUSPEND\",\"tokenId\":\"" + Samples.TOKEN + "\"}\n\nnonsense\n");
        peer.on(
                "POST /v1/bulk",
                lines(done(1), "{\"line\":3,\"status\":400,\"problem\":{\"code\":\"malformed-request\",\"detail\":\"Not \\u001b JSON.\"}}"));

        Cli.Run run = cli.run("bulk", file.toString());

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).isEqualTo("""
            1  200  0199a000-0000-7000-8000-000000000011  ward 7  ACTIVE  unassigned
            3  400  malformed-request: Not ? JSON.
            """);
        assertThat(run.err()).isEqualTo("1 done, 1 refused.\n");
        assertThat(peer.received().getFirst().text()).isEqualTo(Files.readString(file).stripTrailing());
        assertThat(peer.received().getFirst().header("Content-Type")).isEqualTo("application/x-ndjson");
    }

    @Test
    void goesOnAfterACutUnderTheSameName() throws Exception {
        Files.writeString(file, "{}\n{}\n{}\n");
        byte[] whole = (done(1) + "\n" + done(2) + "\n" + done(3) + "\n").getBytes(StandardCharsets.UTF_8);
        peer.on(
                "POST /v1/bulk",
                Peer.cutAfter(200, done(1).length() + 10, whole, Map.of()),
                lines("{\"line\":1,\"status\":409,\"problem\":{\"code\":\"idempotency-in-progress\",\"detail\":\"wait\"}}"),
                lines(done(1), done(2), done(3)));

        Cli.Run run = cli.run("bulk", file.toString(), "-o", "json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines()).hasSize(3).first().asString().startsWith("{\"line\":1,\"status\":200,");
        assertThat(peer.received()).hasSize(3).extracting(request -> request.header("Idempotency-Key")).containsOnly(
                peer.received().getFirst().header("Idempotency-Key"));
    }

    @Test
    void saysHowToGoOnWhenTheServerStaysAway() throws Exception {
        Files.writeString(file, "{}\n{}\n");
        byte[] whole = (done(1) + "\n" + done(2) + "\n").getBytes(StandardCharsets.UTF_8);
        peer.on("POST /v1/bulk", Peer.cutAfter(200, done(1).length() + 10, whole, Map.of()));

        Cli.Run run = cli.run("bulk", file.toString(), "--key", KEY);

        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(run.err()).startsWith("Done so far: 1. To go on, run it again with --key " + KEY + "\n");
        assertThat(peer.received().getFirst().header("Idempotency-Key")).isEqualTo(KEY + "-0");
    }

    @Test
    void sendsLongFilesInPieces() throws Exception {
        Files.writeString(file, "{}\n".repeat(600));
        peer.on("POST /v1/bulk", lines(answers(500)), lines(answers(100)));

        Cli.Run run = cli.run("bulk", file.toString(), "--key", KEY);

        assertThat(run.err()).isEqualTo("600 done, 0 refused.\n");
        assertThat(run.out().lines()).hasSize(600).last().asString().startsWith("600  200  ");
        assertThat(peer.received()).extracting(request -> request.header("Idempotency-Key")).containsExactly(KEY + "-0", KEY + "-1");
    }

    private static String[] answers(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(BulkCommandIT::done).toArray(String[]::new);
    }

    private static String done(int line) {
        return "{\"line\":" + line + ",\"status\":200,\"token\":"
                + Samples.json(Samples.unassigned(Samples.TOKEN, "ward 7")) + "}";
    }

    private static Peer.Reply lines(String... lines) {
        String body = java.util.Arrays.stream(lines).map(line -> line + "\n").collect(Collectors.joining());
        return Peer.bytes(200, body.getBytes(StandardCharsets.UTF_8), Map.of("Content-Type", "application/x-ndjson"));
    }
}
