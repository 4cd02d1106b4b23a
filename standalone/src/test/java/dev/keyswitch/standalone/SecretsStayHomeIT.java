package dev.keyswitch.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.keygen.KeyId;
import dev.keyswitch.keygen.RootKey;
import dev.keyswitch.keygen.SealStamp;
import dev.keyswitch.keygen.SecretKey;
import dev.keyswitch.profile.EncryptionProfiles;
import dev.keyswitch.sdk.KeyswitchClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// After a token's life, nothing on the provider's side holds the root key, a secret key, a token value or a credential:
/// every file of database, broker, key store and log is searched for the real bytes.
class SecretsStayHomeIT {

    /// So many bytes of a secret polynomial do not appear by chance.
    private static final int TELLING_BYTES = 24;

    @TempDir
    Path folder;

    @Test
    void leavesNoSecretInDatabaseBrokerStoreOrLog() throws Exception {
        Map<String, byte[]> secrets = new LinkedHashMap<>();
        Path data;
        try (UpProcess up = UpProcess.start(folder, Map.of());
                KeyswitchClient owner = up.owner()) {
            data = up.data();
            Model first = Workload.smallModel(owner, "First");
            Model second = Workload.smallModel(owner, "Second");
            Token token = Workload.token(owner, "Token");
            secrets.put("token value", ascii(token.value()));
            owner.tokens().assign(token.id(), first.id());
            EvaluationKey firstKey = Workload.awaitReady(owner, token.id());
            owner.tokens().reassign(token.id(), second.id());
            EvaluationKey secondKey = Workload.awaitReady(owner, token.id());
            UUID deployment = owner.account().deploymentId();
            secrets.putAll(secretsOf(data, deployment, firstKey, first));
            secrets.putAll(secretsOf(data, deployment, secondKey, second));
            assertThat(owner.introspect(token.value(), second.id()).active()).isTrue();
        }
        for (String file : List.of("owner.credential", "admin.credential", "holder/agent.credential")) {
            secrets.put(file, ascii(Files.readString(data.resolve(file)).strip()));
        }

        List<String> found = search(data, secrets);

        assertThat(found).isEmpty();
    }

    @Test
    void wouldFindThem() throws Exception {
        Path place = Files.createDirectories(folder.resolve("data/kafka"));
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) 7);
        byte[] file = new byte[100_000];
        System.arraycopy(secret, 0, file, 65_530, secret.length);
        Files.write(place.resolve("segment"), file);

        assertThat(search(folder.resolve("data"), Map.of("planted", secret))).hasSize(1);
    }

    private static Map<String, byte[]> secretsOf(Path data, UUID deployment, EvaluationKey key, Model model)
            throws IOException {
        Map<String, byte[]> secrets = new LinkedHashMap<>();
        byte[] root = HexFormat.of().parseHex(Files.readString(data.resolve("holder/root.key")).strip());
        secrets.put("root key", root);
        secrets.put("root key in hex", ascii(HexFormat.of().formatHex(root)));
        secrets.put("root key in base64", ascii(Base64.getEncoder().withoutPadding().encodeToString(root)));
        var profile = EncryptionProfiles.of(model.encryptionProfile());
        KeyId id = new KeyId(deployment, key.tokenId(), key.modelId(), key.generation());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (RootKey rootKey = RootKey.of(root);
                SecretKey secretKey = SecretKey.derive(rootKey, id, profile.parameters())) {
            secretKey.writeTo(file, SealStamp.V3_7);
        }
        // The rows of the secret polynomial, one per prime, lie behind a header of 88 bytes.
        byte[] bytes = file.toByteArray();
        int row = 8 * profile.parameters().polyModulusDegree();
        for (int offset = 88; offset < bytes.length; offset += row) {
            secrets.put(
                    "secret key of generation " + key.generation() + " at " + offset,
                    Arrays.copyOfRange(bytes, offset, offset + TELLING_BYTES));
        }
        return secrets;
    }

    /// Everything below the data folder but the holder's own files and the credential files themselves.
    private static List<String> search(Path data, Map<String, byte[]> secrets) throws IOException {
        List<String> found = new ArrayList<>();
        for (String side : List.of("postgresql", "kafka", "evaluation-keys", "logs")) {
            if (!Files.exists(data.resolve(side))) {
                continue;
            }
            try (Stream<Path> files = Files.walk(data.resolve(side))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                    secrets.forEach((name, secret) -> {
                        if (text.contains(new String(secret, StandardCharsets.ISO_8859_1))) {
                            found.add(name + " in " + file);
                        }
                    });
                }
            }
        }
        return found;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
