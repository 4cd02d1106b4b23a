package dev.keyswitch.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.sdk.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `keyswitch demo`, as a script sees it.
class DemoIT {

    @TempDir
    Path folder;

    @Test
    void tellsTheWholeStoryAndAnswersOneDocument() throws Exception {
        try (JavaProcess demo = JavaProcess.start(
                "dev.keyswitch.standalone.Main", List.of("demo", "--json"), Map.of(), folder.resolve("out"))) {
            assertThat(demo.awaitExit()).as("%s", demo.output() + demo.errors()).isZero();

            JsonNode document = Json.mapper().readTree(demo.output());
            assertThat(document.path("ok").asBoolean()).isTrue();
            assertThat(document.path("steps")).hasSizeGreaterThanOrEqualTo(13).allSatisfy(step -> assertThat(
                            step.path("held").asBoolean())
                    .isTrue());
            assertThat(document.path("figures").path("assign: call to READY seen (s)").asDouble())
                    .isPositive();
        }
    }

    @Test
    void failsWhereThereIsNoSystem() throws Exception {
        Path rootKey = Files.createFile(folder.resolve("root.key"));
        try (JavaProcess demo = JavaProcess.start(
                "dev.keyswitch.standalone.Main",
                List.of("demo", "--json", "--url", "http://127.0.0.1:1"),
                Map.of("KEYSWITCH_CREDENTIAL", "ksm_none", "KEYSWITCH_ROOT_KEY", rootKey.toString()),
                folder.resolve("out"))) {
            assertThat(demo.awaitExit()).isEqualTo(1);

            assertThat(Json.mapper().readTree(demo.output()).path("ok").asBoolean(true)).isFalse();
        }
    }
}
