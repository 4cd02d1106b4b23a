package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ParametersReadingTest {
    private static final EncryptionParameters BFV =
            EncryptionParameters.of(Scheme.BFV, 4096, Primes.defaults(4096, SecurityLevel.BITS_128), 1032193);

    static Stream<JsonNode> sets() {
        return Vectors.each(Vectors.read("parms.json"));
    }

    @ParameterizedTest
    @MethodSource("sets")
    void readsWhatSealWrote(JsonNode set) throws Exception {
        byte[] seal = Vectors.hex(set.get("serialized_none"));

        EncryptionParameters parameters =
                EncryptionParameters.readSeal(new ByteArrayInputStream(seal), SealStamp.V4_4);

        assertThat(parameters.scheme().sealId()).isEqualTo(set.get("scheme").asInt());
        assertThat(parameters.polyModulusDegree()).isEqualTo(set.get("N").asInt());
        assertThat(parameters.coeffModulus()).containsExactly(Vectors.longs(set.get("primes")));
        assertThat(parameters.plainModulus()).isEqualTo(set.get("t").asLong());
        assertThat(parameters.parmsId().toHex())
                .isEqualTo(set.get("levels_key_first").get(0).get("parms_id_bytes").asText());
    }

    @ParameterizedTest
    @EnumSource
    void readsBackWhatItWrote(SealStamp stamp) throws Exception {
        assertThat(read(BFV.toSeal(stamp), stamp)).isEqualTo(BFV);
        for (SealStamp other : SealStamp.values()) {
            if (other != stamp) {
                refused(BFV.toSeal(stamp), other, "is stamped SEAL " + stamp.text());
            }
        }
    }

    /// Either refused, or other parameters: none is taken for what it was.
    @Test
    void noFlippedBitGoesUnnoticed() throws IOException {
        byte[] bytes = BFV.toSeal(SealStamp.V4_1);
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertThat(read(bytes, SealStamp.V4_1)).as("bit %d", bit).isNotEqualTo(BFV);
            } catch (MalformedKeyException | InvalidParametersException e) {
                assertThat(e.getMessage()).endsWith(".");
            }
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void refusesEveryTruncationAndAnythingThatFollows() {
        byte[] bytes = BFV.toSeal(SealStamp.V3_7);
        for (int length = 0; length < bytes.length; length++) {
            refused(Arrays.copyOf(bytes, length), SealStamp.V3_7, "ends in the middle of");
        }
        refused(Arrays.copyOf(bytes, bytes.length + 1), SealStamp.V3_7, "more bytes follow");
    }

    @Test
    void looksAtEveryNumberBeforeItUsesIt() {
        refusedWith(8, -1, "the size of the encryption parameters is 18446744073709551615");
        refusedWith(8, 33 + 24 * 66, "which is that of no number of primes from 1 to 64");
        refusedWith(8, 33 + 24, "which is that of no number of primes");
        refusedWith(17, 1L << 32, "the degree is 4294967296");
        refusedWith(17, 1L << 18, "the degree is 262144");
        refusedWith(17, -4096, "the degree is 18446744073709547520");
        refusedWith(25, 1L << 40, "the number of primes is 1099511627776, expected was 3");
        refusedWith(41, 25, "the size of a prime is 25");
        byte[] noScheme = BFV.toSeal(SealStamp.V4_1);
        noScheme[16] = 4;
        refused(noScheme, SealStamp.V4_1, "the scheme is 4");
        byte[] ckks = BFV.toSeal(SealStamp.V4_1);
        ckks[16] = 2;
        assertThatExceptionOfType(InvalidParametersException.class).isThrownBy(() -> read(ckks, SealStamp.V4_1));
    }

    @Test
    void refusesWhatIsNotSecure() {
        byte[] tiny = TinyKeys.BFV.toSeal(SealStamp.V4_1);

        assertThatExceptionOfType(InvalidParametersException.class)
                .isThrownBy(() -> EncryptionParameters.fromSeal(new ByteArrayInputStream(tiny), SealStamp.V4_1));
    }

    private static void refusedWith(int offset, long word, String message) {
        byte[] bytes = BFV.toSeal(SealStamp.V4_1);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(offset, word);
        refused(bytes, SealStamp.V4_1, message);
    }

    private static void refused(byte[] bytes, SealStamp stamp, String message) {
        assertThatExceptionOfType(MalformedKeyException.class)
                .isThrownBy(() -> read(bytes, stamp))
                .withMessageContaining(message);
    }

    private static EncryptionParameters read(byte[] bytes, SealStamp stamp) throws IOException, MalformedKeyException {
        return EncryptionParameters.fromSeal(new ByteArrayInputStream(bytes), stamp);
    }
}
