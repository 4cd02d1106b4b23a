package dev.keyswitch.api.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AsyncApiTest {

    private static final Path COMMITTED = Path.of("..", "docs", "reference", "asyncapi.yaml");

    /// After a change of the contract: run with `-Dkeyswitch.asyncapi=write` and commit what it wrote.
    @Test
    void theCommittedDocumentIsTheOneOfTheContract() throws IOException {
        String document = new AsyncApiDocument().yaml();

        if ("write".equals(System.getProperty("keyswitch.asyncapi"))) {
            Files.writeString(COMMITTED, document);
        }
        assertThat(Files.readString(COMMITTED)).isEqualTo(document);
    }
}
