package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BoundedMemoryIT {
    @TempDir
    private Path folder;

    /// 197 megabytes seeded, 395 plain.
    @ParameterizedTest
    @EnumSource(KeyForm.class)
    void memoryDoesNotGrowWithTheNumberOfKeys(KeyForm form) throws IOException, InterruptedException {
        String output = run("-Xmx32m", "16384", form.name());

        assertThat(output).contains("checked", "189 verified");
    }

    /// 551 megabytes seeded, 1.1 gigabytes plain, with tables of 23 megabytes.
    @ParameterizedTest
    @EnumSource(KeyForm.class)
    void theLargestRingNeedsLessThanNinetySixMegabytesTablesIncluded(KeyForm form) throws IOException, InterruptedException {
        String output = run("-Xmx96m", "32768", form.name());

        assertThat(output).contains("written");
    }

    private String run(String heap, String... arguments) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                heap,
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                BoundedMemoryProgram.class.getName()));
        command.addAll(List.of(arguments));

        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();

        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }
}
