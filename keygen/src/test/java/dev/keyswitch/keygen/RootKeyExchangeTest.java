package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootKeyExchangeTest {
    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path folder;

    private Path file;
    private RootKeyExchange exchange;

    @BeforeEach
    void writeARootKey() throws IOException {
        file = folder.resolve("root.key");
        exchange = new RootKeyExchange(file);
        write(file);
    }

    @Test
    void theNewKeyTakesThePlaceOfTheFormerWhichIsKept() throws IOException {
        String before = RootKey.fingerprint(file);

        String fresh = exchange.prepare(random);
        assertThat(RootKey.fingerprint(file)).as("until it is completed").isEqualTo(before);
        Path former = exchange.complete();

        assertThat(RootKey.fingerprint(file)).isEqualTo(fresh).isNotEqualTo(before);
        assertThat(former).hasFileName("root.key." + before.substring(0, 16));
        assertThat(RootKey.fingerprint(former)).isEqualTo(before);
        assertThat(exchange.prepared()).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(former))).isEqualTo("rw-------");
    }

    @Test
    void afterACrashTheSameNewKeyIsTakenUpAgain() throws IOException {
        String fresh = exchange.prepare(random);

        assertThat(new RootKeyExchange(file).prepared()).contains(fresh);
        assertThat(new RootKeyExchange(file).prepare(random)).isEqualTo(fresh);
    }

    @Test
    void aCrashBeforeTheLastStepIsMadeUpFor() throws IOException {
        String fresh = exchange.prepare(random);
        try (RootKey key = RootKey.read(file)) {
            key.write(folder.resolve("root.key." + key.fingerprint().substring(0, 16)));
        }

        exchange.complete();

        assertThat(RootKey.fingerprint(file)).isEqualTo(fresh);
    }

    @Test
    void neverOverwritesAnotherKey() throws IOException {
        exchange.prepare(random);
        String before = RootKey.fingerprint(file);
        write(folder.resolve("root.key." + before.substring(0, 16)));

        assertThatThrownBy(exchange::complete).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(RootKey.fingerprint(file)).isEqualTo(before);
    }

    private void write(Path path) throws IOException {
        try (RootKey key = RootKey.generate(random)) {
            key.write(path);
        }
    }
}
