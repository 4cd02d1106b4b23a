package dev.keyswitch.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyswitch.keygen.RootKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyHolderTest {

    @TempDir
    Path folder;

    @BeforeEach
    void writeRootKey() throws Exception {
        try (RootKey rootKey = RootKey.generate(new SecureRandom())) {
            rootKey.write(folder.resolve("root.key"));
        }
    }

    @Test
    void pinsTheDeploymentOfTheFirstContact() throws Exception {
        UUID deployment = UUID.randomUUID();

        try (KeyHolder first = KeyHolder.open(folder, deployment);
                KeyHolder second = KeyHolder.open(folder, deployment)) {
            assertThat(first.deploymentId()).isEqualTo(deployment);
            assertThat(second.deploymentId()).isEqualTo(deployment);
        }
    }

    @Test
    void refusesAnotherDeploymentEverAfter() throws Exception {
        KeyHolder.open(folder, UUID.randomUUID()).close();

        assertThatThrownBy(() -> KeyHolder.open(folder, UUID.randomUUID()))
                .isInstanceOf(WorkerRefusedException.class)
                .hasMessageContaining("belongs to deployment");
    }

    @Test
    void readsARotatedRootKeyAndStillHasTheFormerOneForKeysInTheMaking() throws Exception {
        try (KeyHolder holder = KeyHolder.open(folder, UUID.randomUUID())) {
            RootKey former = holder.rootKey();
            String fingerprint = former.fingerprint();
            assertThat(holder.hasOtherThan(former)).isFalse();

            Files.delete(folder.resolve("root.key"));
            assertThat(holder.hasOtherThan(former)).as("no file").isFalse();
            writeRootKey();

            assertThat(holder.hasOtherThan(former)).isTrue();
            assertThat(holder.rootKey().fingerprint()).isNotEqualTo(fingerprint);
            assertThat(former.fingerprint()).isEqualTo(fingerprint);
            assertThat(holder.hasOtherThan(former)).as("to whoever comes late").isTrue();
            assertThat(holder.hasOtherThan(holder.rootKey())).isFalse();
        }
    }
}
