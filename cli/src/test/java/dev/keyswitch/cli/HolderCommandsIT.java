package dev.keyswitch.cli;

import static dev.keyswitch.contract.evaluationkey.EvaluationKeyState.READY;
import static dev.keyswitch.contract.evaluationkey.EvaluationKeyState.REQUESTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.account.Whoami;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.contract.holder.RootKeyRotation;
import dev.keyswitch.contract.value.Page;
import dev.keyswitch.keygen.EvaluationKeyLayout.Part;
import dev.keyswitch.keygen.HolderMac;
import dev.keyswitch.keygen.KeyId;
import dev.keyswitch.keygen.KeyProfile;
import dev.keyswitch.keygen.PartKind;
import dev.keyswitch.keygen.RootKey;
import dev.keyswitch.keygen.SecretKey;
import dev.keyswitch.profile.EncryptionProfiles;
import dev.keyswitch.sdk.Peer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HolderCommandsIT {
    private static final KeyId KEY_ID = new KeyId(Samples.DEPLOYMENT, Samples.TOKEN, Samples.MODEL, 3);

    private final Peer peer = new Peer();
    private final RootKey root = RootKey.generate(new SecureRandom());

    @TempDir
    private Path folder;

    @BeforeEach
    void setUpAHolder() throws IOException {
        root.write(folder.resolve("root.key"));
        pin(Samples.DEPLOYMENT);
        peer.on(
                "GET /v1/whoami",
                Samples.answer(new Whoami(
                        Samples.KEY, "owner", Role.OWNER, Samples.MODEL, "default", null, Samples.DEPLOYMENT)));
        peer.on("GET /v1/models/" + Samples.MODEL, Samples.answer(Samples.triage()));
        holderHas(root.fingerprint());
        tokenHas(Samples.key(REQUESTED, 0));
    }

    @AfterEach
    void stop() {
        root.close();
        peer.close();
    }

    @Test
    void writesTheDerivedSecretKeyForItsOwnerOnly() throws IOException {
        Path file = folder.resolve("secret.seal");

        Cli.Run run = holder("secret-key", file);

        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .isEqualTo("Wrote the secret key of ward 7 for triage (generation 3) to " + file
                        + ". It decrypts: keep it secret.\n");
        assertThat(run.out()).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readAllBytes(file)).isEqualTo(derived());
    }

    @Test
    void neverOverwritesASecretKey() throws IOException {
        Path file = folder.resolve("secret.seal");
        Files.writeString(file, "older");

        Cli.Run run = holder("secret-key", file);

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(Files.readString(file)).isEqualTo("older");
        assertThat(peer.received()).isEmpty();
    }

    @Test
    void writesAPublicKeyWithTheHeaderOfTheProfilesSealVersion() throws IOException {
        Path file = folder.resolve("public.seal");

        Cli.Run run = holder("public-key", file);

        assertThat(run.exitCode()).isZero();
        assertThat(Files.readAllBytes(file)).startsWith(0x5E, 0xA1, 0x10, 3, 7);
    }

    @Test
    void acceptsAFinishedKeyThatBearsTheHoldersMark() {
        List<Part> parts = List.of(new Part(PartKind.RELINEARIZATION, 0, 12_345_678));
        String mark = HolderMac.sign(root, KEY_ID, "ab".repeat(32), parts);
        tokenHas(Samples.key(READY, 100, root.fingerprint(), mark));

        assertThat(holder("secret-key", folder.resolve("secret.seal")).exitCode())
                .isZero();
    }

    @Test
    void refusesAFinishedKeyWithoutTheHoldersMark() {
        tokenHas(Samples.key(READY, 100, root.fingerprint(), "00".repeat(32)));

        assertThat(refused(holder("secret-key", folder.resolve("secret.seal"))))
                .isEqualTo(
                        "keyswitch: The token's evaluation key does not bear this holder's mark: it was not made with"
                                + " this root key.\n");
    }

    @Test
    void refusesAnotherDeployment() throws IOException {
        Files.delete(folder.resolve("deployment.id"));
        pin(Samples.KEY);

        assertThat(refused(holder("secret-key", folder.resolve("secret.seal"))))
                .isEqualTo("keyswitch: This root key belongs to the deployment " + Samples.KEY
                        + ", but the API is of the deployment " + Samples.DEPLOYMENT + ".\n");
    }

    @Test
    void refusesWithoutAPinnedDeployment() throws IOException {
        Files.delete(folder.resolve("deployment.id"));

        assertThat(refused(holder("public-key", folder.resolve("public.seal")))).contains("is not pinned");
    }

    @Test
    void refusesTheRootKeyOfAnotherHolder() {
        holderHas("ff".repeat(32));

        assertThat(refused(holder("secret-key", folder.resolve("secret.seal")))).contains("is not the root key of");
    }

    @Test
    void refusesARootKeyFileThatOthersCanRead() throws IOException {
        Files.setPosixFilePermissions(folder.resolve("root.key"), PosixFilePermissions.fromString("rw-r--r--"));

        assertThat(refused(holder("secret-key", folder.resolve("secret.seal"))))
                .contains("must be readable by its owner only");
    }

    @Test
    void refusesATokenWithoutAnAssignment() {
        peer.on("GET /v1/tokens/" + Samples.TOKEN, Samples.answer(Samples.unassigned(Samples.TOKEN, "ward 7")));

        assertThat(refused(holder("secret-key", folder.resolve("secret.seal"))))
                .isEqualTo("keyswitch: The token ward 7 is not assigned, so it has no keys.\n");
    }

    @Test
    void rotatesTheRootKeyAndKeepsTheFormerOne() throws IOException {
        peer.on("GET /v1/holders", Samples.answer(new Page<>(List.of(someHolder(root.fingerprint(), null)), null)));
        peer.on(
                "POST /v1/holders/" + Samples.HOLDER + "/rotate-root-key",
                Samples.answer(someHolder("ab".repeat(32), new RootKeyRotation(7, 0, Instant.EPOCH, null))));

        Cli.Run run = rotate();

        assertThat(run.err()).contains("The key holder default has a new root key").contains("of 7 assigned tokens");
        assertThat(run.exitCode()).isZero();
        String fresh = RootKey.fingerprint(folder.resolve("root.key"));
        assertThat(fresh).isNotEqualTo(root.fingerprint());
        assertThat(new String(peer.received().getLast().body(), StandardCharsets.UTF_8)).isEqualTo("{\"rootFingerprint\":\"" + fresh + "\"}");
        assertThat(RootKey.fingerprint(folder.resolve("root.key." + root.fingerprint().substring(0, 16)))).isEqualTo(root.fingerprint());
    }

    @Test
    void keepsTheRootKeyThatTheProviderDidNotReplace() throws IOException {
        peer.on("GET /v1/holders", Samples.answer(new Page<>(List.of(someHolder(root.fingerprint(), null)), null)));

        assertThat(rotate().exitCode()).isEqualTo(ExitCode.FAILED);

        assertThat(RootKey.fingerprint(folder.resolve("root.key"))).isEqualTo(root.fingerprint());
    }

    @Test
    void rotatesNoRootKeyThatIsNoHoldersOne() throws IOException {
        peer.on("GET /v1/holders", Samples.answer(new Page<>(List.of(someHolder("ab".repeat(32), null)), null)));

        Cli.Run run = rotate();

        assertThat(run.err()).contains("No key holder of this account has the root key");
        assertThat(folder.resolve("root.key.new")).doesNotExist();
    }

    private Cli.Run rotate() {
        return Cli.of(peer.url())
                .with("KEYSWITCH_ROOT_KEY", folder.resolve("root.key").toString())
                .run("holder", "rotate-root-key");
    }

    private static Holder someHolder(String fingerprint, RootKeyRotation rotation) {
        return new Holder(Samples.HOLDER, "default", fingerprint, true, Instant.EPOCH, rotation);
    }

    private Cli.Run holder(String command, Path file) {
        return Cli.of(peer.url())
                .with("KEYSWITCH_ROOT_KEY", folder.resolve("root.key").toString())
                .run("holder", command, "--token", Samples.TOKEN.toString(), "--out", file.toString());
    }

    private String refused(Cli.Run run) {
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(folder).isDirectoryNotContaining("glob:**.seal*");
        return run.err();
    }

    private void pin(UUID deployment) throws IOException {
        Files.writeString(folder.resolve("deployment.id"), deployment + "\n");
    }

    private void tokenHas(EvaluationKey key) {
        peer.on("GET /v1/tokens/" + Samples.TOKEN, Samples.answer(Samples.assigned(Samples.TOKEN, "ward 7", key)));
    }

    private void holderHas(String fingerprint) {
        peer.on(
                "GET /v1/holders/" + Samples.HOLDER,
                Samples.answer(someHolder(fingerprint, null)));
    }

    private byte[] derived() throws IOException {
        KeyProfile profile = EncryptionProfiles.of(Samples.triage().encryptionProfile());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (SecretKey secret = SecretKey.derive(root, KEY_ID, profile.parameters())) {
            secret.writeTo(bytes, profile.stamp());
        }
        return bytes.toByteArray();
    }
}
