package dev.keyswitch.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.cli.ExitCode;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.keygen.EvaluationKeyVerifier;
import dev.keyswitch.keygen.KeyId;
import dev.keyswitch.keygen.KeyProfile;
import dev.keyswitch.keygen.RootKey;
import dev.keyswitch.keygen.SecretKey;
import dev.keyswitch.profile.EncryptionProfiles;
import dev.keyswitch.sdk.Json;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The tutorial's commands, one after the other, on a running `keyswitch up` that they find by themselves.
class TutorialJourneyIT {

    private static final List<String> CREDIT = List.of("models", "create", "Credit scoring", "--scheme", "ckks", "--degree", "8192",
            "--coeff-modulus-bits", "60,40,40,60", "--rotations", "1,-1,0");
    private static final List<String> COHORT = List.of("models", "create", "Cohort counts", "--scheme", "bfv", "--degree", "4096",
            "--coeff-modulus-bits", "36,36,37", "--plain-modulus-bits", "20", "--rotations", "1");

    @TempDir
    Path folder;

    private Terminal terminal;

    @BeforeEach
    void openTerminal() {
        terminal = new Terminal(folder.resolve("home"));
    }

    @Test
    void goesFromTheFirstModelToFilesForSeal() throws Exception {
        try (UpProcess up = UpProcess.start(folder, Map.of())) {
            terminal.done(CREDIT);
            terminal.done(COHORT);
            assertThat(terminal.done(List.of("tokens", "create", "Ada Lovelace")).out()).contains("kst_");
            assertThat(terminal.done(List.of("tokens", "list", "--unassigned")).out()).contains("Ada Lovelace").doesNotContain("kst_");

            terminal.done(List.of("tokens", "assign", "Ada Lovelace", "Credit scoring", "--wait"));
            Terminal.Run refused = terminal.run(List.of("tokens", "assign", "Ada Lovelace", "Cohort counts"));
            assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(refused.err()).contains("Credit scoring").contains("tokens reassign");
            terminal.done(List.of("tokens", "reassign", "Ada Lovelace", "Cohort counts", "--wait"));
            assertThat(terminal.json(List.of("evaluation-keys", "list", "-o", "json")).path("items").findValuesAsText("state"))
                    .containsExactlyInAnyOrder("READY", "SUPERSEDED");

            JsonNode token = terminal.json(List.of("tokens", "get", "Ada Lovelace", "-o", "json"));
            assertFilesForSeal(up, token);

            terminal.done(List.of("tokens", "unassign", "Ada Lovelace"));
            assertThat(terminal.json(List.of("tokens", "get", "Ada Lovelace", "-o", "json")).path("modelId").isNull()).isTrue();
            assertThat(terminal.json(List.of("evaluation-keys", "list", "-o", "json")).path("items").findValuesAsText("state"))
                    .containsExactlyInAnyOrder("REVOKED", "SUPERSEDED");
        }
    }

    /// What step 5 writes: files that only their owner reads, and a key that the holder's secret key proves right.
    private void assertFilesForSeal(UpProcess up, JsonNode token) throws Exception {
        JsonNode key = token.path("evaluationKey");
        Path secret = folder.resolve("secret.seal");
        Path evaluation = folder.resolve("evaluation.seal");
        terminal.done(List.of("models", "encryption-parameters", "Cohort counts", "--out", folder.resolve("parameters.seal").toString()));
        terminal.done(List.of("holder", "secret-key", "--token", "Ada Lovelace", "--out", secret.toString()));
        terminal.done(List.of("holder", "public-key", "--token", "Ada Lovelace", "--out", folder.resolve("public.seal").toString()));
        terminal.done(List.of("evaluation-keys", "download", key.path("id").asText(), "--out", evaluation.toString()));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret))).isEqualTo("rw-------");
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(evaluation))))
                .isEqualTo(key.path("sha256").asText());
        KeyProfile profile = EncryptionProfiles.of(Json.mapper().convertValue(
                terminal.json(List.of("models", "get", "Cohort counts", "-o", "json")).path("encryptionProfile"), EncryptionProfile.class));
        KeyId id = new KeyId(
                UUID.fromString(Files.readString(up.data().resolve("holder/deployment.id")).strip()),
                UUID.fromString(token.path("id").asText()),
                UUID.fromString(token.path("modelId").asText()),
                token.path("generation").asLong());
        try (RootKey root = RootKey.read(up.data().resolve("holder/root.key"));
                SecretKey secretKey = SecretKey.derive(root, id, profile.parameters());
                InputStream content = Files.newInputStream(evaluation)) {
            ByteArrayOutputStream derived = new ByteArrayOutputStream();
            secretKey.writeTo(derived, profile.stamp());
            assertThat(Files.readAllBytes(secret)).isEqualTo(derived.toByteArray());
            assertThat(EvaluationKeyVerifier.verify(secretKey, profile, content).components()).isPositive();
        }
    }
}
