package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Nothing of a secret key is left in the memory of a process once it was closed: not as residues, not as coefficients, not in a buffer of
/// the reader or the writer. The search finds all of them while the key is open, or it would prove nothing.
class SecretsInMemoryIT {
    @TempDir
    private Path folder;

    @Test
    void secretsAreGoneFromMemoryOnceClosed() throws IOException, InterruptedException {
        Path rootFile = folder.resolve("root.key");
        try (RootKey root = RootKey.generate(new SecureRandom())) {
            root.write(rootFile);
            EncryptionParameters parameters = SecretsInMemoryProgram.parameters();
            try (SecretKey secretKey = SecretKey.derive(root, SecretsInMemoryProgram.ID, parameters)) {
                run(rootFile);
                byte[] open = Files.readAllBytes(folder.resolve("open.hprof"));
                byte[] closed = Files.readAllBytes(folder.resolve("closed.hprof"));

                for (int prime = 0; prime < 3; prime++) {
                    // A picture has long arrays big-endian; buffers hold what is written, little-endian.
                    byte[] residues = part(secretKey, prime, ByteOrder.BIG_ENDIAN);
                    byte[] written = part(secretKey, prime, ByteOrder.LITTLE_ENDIAN);
                    assertThat(contains(open, residues)).as("residues, open").isTrue();
                    assertThat(contains(closed, residues)).as("residues, closed").isFalse();
                    assertThat(contains(closed, written)).as("written residues, closed").isFalse();
                }
                byte[] coefficients = Arrays.copyOfRange(SecretKeyTest.coefficients(secretKey, 0), 1000, 1064);
                assertThat(contains(open, coefficients)).as("coefficients, open").isFalse();
                assertThat(contains(closed, coefficients)).as("coefficients, closed").isFalse();
            }
        }
    }

    private void run(Path rootFile) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SecretsInMemoryProgram.class.getName(),
                        rootFile.toString(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }

    /// 64 bytes from the middle of a row.
    private static byte[] part(SecretKey secretKey, int prime, ByteOrder order) {
        ByteBuffer bytes = ByteBuffer.allocate(64).order(order);
        bytes.asLongBuffer().put(secretKey.rows().row(prime), 2000, 8);
        return bytes.array();
    }

    private static boolean contains(byte[] all, byte[] wanted) {
        for (int i = 0; i + wanted.length <= all.length; i++) {
            if (all[i] == wanted[0] && Arrays.equals(all, i, i + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
