package dev.keyswitch.keygen.internal.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.keygen.Vectors;
import dev.keyswitch.keygen.internal.hash.Blake2b;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StreamTest {
    private static final int HASHED = 12288;

    static Stream<JsonNode> generators() {
        return Vectors.each(Vectors.read("prng.json"));
    }

    @ParameterizedTest
    @MethodSource("generators")
    void producesWhatSealsGeneratorsProduce(JsonNode vector) {
        byte[] bytes = read(stream(vector), HASHED, HASHED);

        assertThat(hex(bytes, 0, 128)).isEqualTo(vector.get("bytes_0_128").asText());
        assertThat(hex(bytes, 4032, 4160)).isEqualTo(vector.get("bytes_4032_4160").asText());
        assertThat(hex(bytes, 8128, 8256)).isEqualTo(vector.get("bytes_8128_8256").asText());
        assertThat(HexFormat.of().formatHex(Blake2b.hash(32, bytes)))
                .isEqualTo(vector.get("blake2b256_of_first_12288").asText());
    }

    @ParameterizedTest
    @MethodSource("generators")
    void givesTheSameBytesInPiecesOfAnySize(JsonNode vector) {
        assertThat(read(stream(vector), HASHED, 7)).isEqualTo(read(stream(vector), HASHED, 5000));
    }

    /// RFC 7693, appendix A, and the empty message.
    @Test
    void hashesAsTheStandardSays() {
        assertThat(HexFormat.of().formatHex(Blake2b.hash(64, "abc".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
                        + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923");
        assertThat(HexFormat.of().formatHex(Blake2b.hash(32, new byte[0])))
                .isEqualTo("0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    }

    @Test
    void hasTheKeyStreamOfAesInCounterMode() throws GeneralSecurityException {
        byte[] key = new byte[AesCtrStream.KEY];
        new Random(1).nextBytes(key);
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[16]));
        byte[] expected = cipher.doFinal(new byte[50_000]);

        assertThat(read(new AesCtrStream(key), expected.length, 4096)).isEqualTo(expected);
    }

    @Test
    void refusesSeedsOfOtherLengths() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Blake2xbStream(new byte[63]));
        assertThatIllegalArgumentException().isThrownBy(() -> new Shake256Stream(new byte[65]));
        assertThatIllegalArgumentException().isThrownBy(() -> new AesCtrStream(new byte[16]));
    }

    private static ByteStream stream(JsonNode vector) {
        byte[] seed = Vectors.hex(vector.get("seed"));
        return vector.get("type").asInt() == 1 ? new Blake2xbStream(seed) : new Shake256Stream(seed);
    }

    private static byte[] read(ByteStream stream, int length, int piece) {
        byte[] bytes = new byte[length];
        try (stream) {
            for (int done = 0; done < length; done += piece) {
                stream.read(bytes, done, Math.min(piece, length - done));
            }
        }
        return bytes;
    }

    private static String hex(byte[] bytes, int from, int to) {
        return HexFormat.of().formatHex(Arrays.copyOfRange(bytes, from, to));
    }
}
