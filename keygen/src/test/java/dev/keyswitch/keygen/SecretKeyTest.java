package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.keygen.internal.ring.Ring;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SecretKeyTest {

    static Stream<JsonNode> derivations() {
        return Vectors.each(Vectors.read("secret-key-derivation.json").get("cases"));
    }

    @ParameterizedTest
    @MethodSource("derivations")
    void derivesTheSecretThatOtherProgramsDerive(JsonNode vector) throws NoSuchAlgorithmException {
        EncryptionParameters parameters = EncryptionParameters.of(
                Scheme.valueOf(vector.get("scheme").asText()),
                vector.get("polyModulusDegree").asInt(),
                Vectors.longs(vector.get("coeffModulus")),
                vector.get("plainModulus").asLong());
        assertThat(parameters.parmsId().toHex()).isEqualTo(vector.get("parmsId").asText());
        try (RootKey root = RootKey.of(Vectors.hex(vector.get("rootKey")));
                SecretKey secretKey = SecretKey.derive(root, MarkVectors.keyId(vector), parameters)) {
            for (int prime = 0; prime < parameters.coeffModulus().length; prime++) {
                byte[] coefficients = coefficients(secretKey, prime);

                assertThat(firstOf(coefficients)).containsExactly(Vectors.ints(vector.get("firstCoefficients")));
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(coefficients);
                assertThat(HexFormat.of().formatHex(digest)).isEqualTo(vector.get("coefficientsSha256").asText());
            }
        }
    }

    @Test
    void hasAnotherSecretForEachTokenModelGenerationDeploymentAndParameterSet() {
        KeyId id = new KeyId(new UUID(0, 1), new UUID(0, 2), new UUID(0, 3), 4);
        KeyId[] others = {
            new KeyId(new UUID(0, 9), id.tokenId(), id.modelId(), 4),
            new KeyId(id.deploymentId(), new UUID(0, 9), id.modelId(), 4),
            new KeyId(id.deploymentId(), id.tokenId(), new UUID(0, 9), 4),
            new KeyId(id.deploymentId(), id.modelId(), id.tokenId(), 4),
            new KeyId(id.deploymentId(), id.tokenId(), id.modelId(), 5)
        };
        try (RootKey root = RootKey.of(new byte[32])) {
            byte[] secret = coefficients(SecretKey.derive(root, id, TinyKeys.BFV), 0);
            assertThat(coefficients(SecretKey.derive(root, id, TinyKeys.BFV), 0)).isEqualTo(secret);
            assertThat(coefficients(SecretKey.derive(root, id, TinyKeys.CKKS), 0)).isNotEqualTo(secret);
            for (KeyId other : others) {
                assertThat(coefficients(SecretKey.derive(root, other, TinyKeys.BFV), 0)).isNotEqualTo(secret);
            }
        }
    }

    @Test
    void randomSecretsDiffer() {
        assertThat(coefficients(TinyKeys.secretKey(TinyKeys.BFV), 0))
                .isNotEqualTo(coefficients(TinyKeys.secretKey(TinyKeys.BFV), 0));
    }

    @Test
    void isGoneOnceClosed() {
        SecretKey secretKey = TinyKeys.secretKey(TinyKeys.BFV);
        long[] row = secretKey.rows().row(0);
        long[] companions = secretKey.companions().row(2);

        secretKey.close();

        assertThat(row).containsOnly(0);
        assertThat(companions).containsOnly(0);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> secretKey.writeTo(new ByteArrayOutputStream(), SealStamp.V3_7));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> PublicKeyGenerator.write(
                        secretKey, KeyForm.PLAIN, SealStamp.V3_7, new ByteArrayOutputStream()));
    }

    @Test
    void isNotPrinted() {
        assertThat(TinyKeys.secretKey(TinyKeys.BFV)).hasToString("SecretKey[redacted]");
    }

    @Test
    void leavesTheStreamOpen() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                throw new AssertionError("not ours to close");
            }
        };
        SecretKey secretKey = TinyKeys.secretKey(TinyKeys.BFV);

        secretKey.writeTo(out, SealStamp.V3_7);

        assertThat(out.size()).isEqualTo(88 + 8 * 3 * TinyKeys.DEGREE);
    }

    /// As small signed numbers, from the row of any prime.
    static byte[] coefficients(SecretKey secretKey, int prime) {
        Ring ring = secretKey.parameters().ring();
        long q = ring.modulus(prime).value();
        long[] row = secretKey.rows().row(prime).clone();
        ring.kernel().inverse(row, ring.table(prime));
        byte[] coefficients = new byte[row.length];
        for (int i = 0; i < row.length; i++) {
            coefficients[i] = (byte) Math.toIntExact(row[i] > q / 2 ? row[i] - q : row[i]);
        }
        return coefficients;
    }

    private static int[] firstOf(byte[] coefficients) {
        byte[] first = Arrays.copyOf(coefficients, 32);
        int[] values = new int[first.length];
        for (int i = 0; i < first.length; i++) {
            values[i] = first[i];
        }
        return values;
    }
}
