package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class EvaluationKeyPlotTest {
    private static final Path PLOT = Path.of("..", "docs", "concepts", "evaluation-keys.svg");

    /// If this fails because something changed on purpose: `EvaluationKeyPlot FILE` draws it anew.
    @Test
    void theDocumentationShowsWhatTheEstimateSays() throws IOException {
        assertThat(Files.readString(PLOT)).isEqualTo(EvaluationKeyPlot.svg());
    }
}
