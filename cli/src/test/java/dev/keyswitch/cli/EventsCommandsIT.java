package dev.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.sdk.Peer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventsCommandsIT {
    private static final String EVENT = """
            id: %d
            event: dev.keyswitch.token.created.v1
            data: {"specversion":"1.0","id":"0199a000-0000-7000-8000-000000000099","source":"s","type":"dev.keyswitch.token.created.v1","subject":"t-1","time":"2026-11-23T09:05:00Z","data":{"name":"ward 7"}}

            """;

    private final Peer peer = new Peer();
    private final Cli cli = Cli.of(peer.url());

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void printsEventsAndGoesOnAfterACut() {
        peer.on("GET /v1/events", stream(": heartbeat\nid: 3\n\n" + EVENT.formatted(4)), stream(EVENT.formatted(5)));

        Cli.Run run = cli.run("events", "follow", "--type", "token.created", "--max", "2");

        assertThat(run.out()).isEqualTo("""
            2026-11-23 09:05  4  token.created  t-1  ward 7
            2026-11-23 09:05  5  token.created  t-1  ward 7
            """);
        assertThat(peer.calls()).containsOnly("GET /v1/events?type=dev.keyswitch.token.created.v1");
        assertThat(peer.received().getFirst().header("Accept")).isEqualTo("text/event-stream");
        assertThat(peer.received().getFirst().header("Last-Event-ID")).isNull();
        assertThat(peer.received().getLast().header("Last-Event-ID")).isEqualTo("4");
    }

    @Test
    void printsOneDocumentPerLineForScripts() {
        peer.on("GET /v1/events", stream(EVENT.formatted(4)));

        Cli.Run run = cli.run("events", "follow", "--max", "1", "-o", "json");

        assertThat(run.out()).startsWith("{\"position\":\"4\",\"event\":{\"id\":\"0199a000").endsWith("}\n").hasLineCount(1);
    }

    @Test
    void saysThatThereIsNoSuchType() {
        Cli.Run run = cli.run("events", "follow", "--type", "token.assinged");

        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("token.assinged");
    }

    private static Peer.Reply stream(String text) {
        return Peer.reply(200, "text/event-stream", text.getBytes(StandardCharsets.UTF_8), Map.of());
    }
}
