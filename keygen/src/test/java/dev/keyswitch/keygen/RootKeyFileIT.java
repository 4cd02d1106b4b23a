package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootKeyFileIT {
    private final RootKey root = RootKey.generate(new SecureRandom());

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void file() {
        file = folder.resolve("root.key");
    }

    @Test
    void readsWhatItWrote() throws IOException {
        root.write(file);

        assertThat(Files.readString(file)).matches("[0-9a-f]{64}\n");
        assertThat(RootKey.read(file).fingerprint()).isEqualTo(root.fingerprint());
    }

    @Test
    void isForItsOwnerOnly() throws IOException {
        root.write(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    }

    @Test
    void neverOverwrites() throws IOException {
        Files.writeString(file, "precious");

        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> root.write(file));
        assertThat(file).hasContent("precious");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------"})
    void refusesAFileThatOthersMayTouch(String permissions) throws IOException {
        root.write(file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> RootKey.read(file))
                .withMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abcd\n", "zz%s\n", "%s00\n", "%s", "%s\n\n", " %s\n"})
    void refusesWhatIsNoRootKeyWithoutRepeatingIt(String template) throws IOException {
        String digits = "0123456789abcdef".repeat(4);
        Files.writeString(file, template.formatted(template.startsWith("zz") ? digits.substring(2) : digits));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> RootKey.read(file))
                .withMessageContaining("does not hold a root key")
                .withMessageNotContaining("456789");
    }
}
