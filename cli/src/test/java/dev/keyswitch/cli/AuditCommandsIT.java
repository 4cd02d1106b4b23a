package dev.keyswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.sdk.Peer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditCommandsIT {
    private final Peer peer = new Peer();
    private final Cli cli = Cli.of(peer.url());

    @AfterEach
    void stop() {
        peer.close();
    }

    @Test
    void listsChangesWithWhatIsDifferent() {
        peer.on("GET /v1/audit", Peer.json(200, """
            {"items":[{"at":"2026-11-23T09:05:00Z","by":"ops","credentialId":null,"action":"token.assigned",
            "tokenId":"0199a000-0000-7000-8000-000000000011","modelId":null,"requestId":"r",
            "before":{"generation":0,"name":"x"},"after":{"generation":1,"name":"x"}}],"nextCursor":null}
            """));

        Cli.Run run = cli.run("audit", "list", "--action", "token.assigned", "--from", "2026-11-23T00:00:00Z");

        assertThat(run.out()).isEqualTo("""
            WHEN              BY   ACTION          CHANGE            TOKEN ID                              MODEL ID
            2026-11-23 09:05  ops  token.assigned  generation 0 → 1  0199a000-0000-7000-8000-000000000011  -
            """);
        assertThat(peer.calls())
                .containsExactly("GET /v1/audit?action=token.assigned&from=2026-11-23T00%3A00%3A00Z&limit=50");
    }
}
