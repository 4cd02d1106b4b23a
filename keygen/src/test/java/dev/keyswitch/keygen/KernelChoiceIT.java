package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Processes of their own, started with and without the vector module.
class KernelChoiceIT {
    private static final List<String> WITH_VECTORS = List.of("--add-modules", "jdk.incubator.vector");

    @TempDir
    private Path folder;

    @Test
    void makesKeysInPlainJavaWhereTheVectorModuleIsMissing() throws IOException, InterruptedException {
        String output = run(List.of());

        assertThat(output).contains("vectors do not win", "cold: plain", "warm: plain", "4 verified");
    }

    @Test
    void startsInPlainJavaAndGoesOverToVectorsWhereTheyWin() throws IOException, InterruptedException {
        String output = run(WITH_VECTORS);

        assertThat(output).contains("cold: plain", "4 verified");
        assertThat(output).contains(output.contains("vectors win") ? "warm: vectors" : "warm: plain");
    }

    @Test
    void staysInPlainJavaOnShorterVectors() throws IOException, InterruptedException {
        String output = run(List.of("--add-modules", "jdk.incubator.vector", "-XX:MaxVectorSize=16"));

        assertThat(output).contains("vectors do not win", "warm: plain", "4 verified");
    }

    @Test
    void staysInPlainJavaWithoutAnOptimisingCompiler() throws IOException, InterruptedException {
        String output = run(List.of("--add-modules", "jdk.incubator.vector", "-XX:TieredStopAtLevel=1"));

        assertThat(output).contains("vectors do not win", "warm: plain", "4 verified");
    }

    /// The warm-up must not keep a process alive that has nothing else to do.
    @Test
    void endsWhileItWarmsUp() throws IOException, InterruptedException {
        assertThat(run(WITH_VECTORS, "end")).doesNotContain("Exception");
    }

    private String run(List<String> options, String... arguments) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), KernelChoiceProgram.class.getName()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        return Files.readString(output);
    }
}
