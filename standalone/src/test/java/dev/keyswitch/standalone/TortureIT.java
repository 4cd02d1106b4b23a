package dev.keyswitch.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A few rounds of `keyswitch torture`; more of them are for a longer day.
class TortureIT {

    @TempDir
    Path folder;

    @Test
    void everythingHoldsAfterAFewFaults() throws Exception {
        try (JavaProcess torture = JavaProcess.start(
                "dev.keyswitch.standalone.Main",
                List.of("torture", "--rounds=3", "--seed=20"),
                Map.of(),
                folder.resolve("torture.txt"))) {
            int exit = torture.awaitExit(Duration.ofMinutes(5));

            assertThat(exit).as("%s", torture.output() + torture.errors()).isZero();
            assertThat(torture.output().lines().toList().getLast()).startsWith("torture: all holds; 3 rounds, 2 kills");
        }
    }
}
