package dev.keyswitch.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The jars that the launcher starts, as they were packaged: each finds its libraries by itself.
class ProgramsIT {

    private static final Path PROGRAMS = Path.of("target", "keyswitch");

    @ParameterizedTest
    @CsvSource({"keyswitch-cli, models", "keyswitch-standalone, demo"})
    void startsFromItsJar(String program, String command) throws Exception {
        Path jar;
        try (Stream<Path> files = Files.list(PROGRAMS)) {
            jar = files.filter(file -> file.getFileName().toString().matches(program + "-[0-9.]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString(), "--help"))
                .redirectErrorStream(true)
                .start();

        String help = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor()).as(help).isZero();
        assertThat(help).contains(command);
    }
}
