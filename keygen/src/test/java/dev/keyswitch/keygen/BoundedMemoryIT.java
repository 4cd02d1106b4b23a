package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BoundedMemoryIT {
    private static final String HEAP = "-Xmx32m";

    @TempDir
    private Path folder;

    /// 197 megabytes seeded, 395 plain.
    @ParameterizedTest
    @EnumSource(KeyForm.class)
    void memoryDoesNotGrowWithTheNumberOfKeys(KeyForm form) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path output = folder.resolve("output");

        Process process = new ProcessBuilder(
                        java.toString(),
                        HEAP,
                        "-cp",
                        System.getProperty("java.class.path"),
                        BoundedMemoryProgram.class.getName(),
                        form.name())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        assertThat(Files.readString(output)).contains("checked", "189 verified");
    }
}
