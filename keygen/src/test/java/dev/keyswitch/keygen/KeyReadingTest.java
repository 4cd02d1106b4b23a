package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.keygen.internal.ring.CoefficientPoly;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Secret and public keys, read back.
class KeyReadingTest {
    private static final int SECRET_START = 88;

    static Stream<VectorSet> sealSets() {
        return Vectors.each(Vectors.read("tiny_keys.json")).map(VectorSet::tiny);
    }

    static Stream<EncryptionParameters> parameters() {
        return Stream.of(TinyKeys.CKKS, TinyKeys.BFV, TinyKeys.BGV);
    }

    @ParameterizedTest
    @MethodSource("sealSets")
    void readsTheKeysThatSealWrote(VectorSet set) throws Exception {
        byte[] secret = Vectors.hex(set.node().get("sk"));

        try (SecretKey secretKey = read(secret, set.parameters(), SealStamp.V4_4)) {
            for (KeyForm form : KeyForm.values()) {
                JsonNode publicKey = set.node().get(form == KeyForm.SEEDED ? "pk_seeded" : "pk");
                Verification verification = PublicKeyCheck.verify(
                        secretKey, form, SealStamp.V4_4, new ByteArrayInputStream(Vectors.hex(publicKey)));

                assertThat(verification.components()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsBackTheSecretKeyThatItWrote(SealStamp stamp) throws Exception {
        SecretKey secretKey = TinyKeys.secretKey(TinyKeys.CKKS);
        byte[] bytes = written(secretKey, stamp);

        SecretKey again = read(bytes, TinyKeys.CKKS, stamp);

        assertThat(SecretKeyTest.coefficients(again, 2)).isEqualTo(SecretKeyTest.coefficients(secretKey, 0));
        assertThat(written(again, stamp)).isEqualTo(bytes);
    }

    @Test
    void findsEverySingleFlippedBitOfASecretKeyAndRepeatsNoneOfIt() throws IOException {
        byte[] bytes = written(TinyKeys.secretKey(TinyKeys.BFV), SealStamp.V4_1);
        for (int i = 0; i < bytes.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                bytes[i] ^= (byte) (1 << bit);
                Throwable found = catchThrowable(() -> read(bytes, TinyKeys.BFV, SealStamp.V4_1));

                assertThat(found).as("byte %d bit %d", i, bit).isInstanceOf(MalformedKeyException.class);
                if (i >= SECRET_START) {
                    assertThat(found.getMessage().replaceFirst("At byte \\d+", "").replace("-1, 0 and 1", ""))
                            .doesNotContainPattern("\\d");
                }
                bytes[i] ^= (byte) (1 << bit);
            }
        }
    }

    @Test
    void refusesSecretsThatAreNotTernary() {
        for (int coefficient : new int[] {2, -2, 3, -3, 100}) {
            CoefficientPoly secret = new CoefficientPoly(TinyKeys.DEGREE);
            secret.coefficients()[5] = (byte) coefficient;

            byte[] bytes = written(SecretKey.of(secret, TinyKeys.BFV), SealStamp.V3_7);

            assertThatExceptionOfType(MalformedKeyException.class)
                    .isThrownBy(() -> read(bytes, TinyKeys.BFV, SealStamp.V3_7))
                    .withMessageContaining("is not one polynomial with coefficients");
        }
    }

    @Test
    void refusesSecretKeysOfOtherParametersAndStampsAndWhateverFollows() {
        byte[] bytes = written(TinyKeys.secretKey(TinyKeys.BFV), SealStamp.V3_7);

        refusedSecret(bytes, TinyKeys.CKKS, SealStamp.V3_7, "the secret key's parameter id is");
        refusedSecret(bytes, TinyKeys.BFV, SealStamp.V4_0, "stamped SEAL 3.7");
        refusedSecret(Arrays.copyOf(bytes, bytes.length + 1), TinyKeys.BFV, SealStamp.V3_7, "more bytes follow");
        for (int length = 0; length < bytes.length; length++) {
            refusedSecret(Arrays.copyOf(bytes, length), TinyKeys.BFV, SealStamp.V3_7, "ends");
        }
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void verifiesThePublicKeysOfItsSecretKeyAndNoOthers(EncryptionParameters parameters) throws Exception {
        SecretKey secretKey = TinyKeys.secretKey(parameters);
        for (KeyForm form : KeyForm.values()) {
            byte[] own = publicKey(secretKey, form);
            byte[] foreign = publicKey(TinyKeys.secretKey(parameters), form);

            assertThat(verify(secretKey, form, own).maxAbsoluteNoise()).isBetween(1, 21);
            PublicKeyCheck.check(parameters, form, SealStamp.V3_7, new ByteArrayInputStream(foreign));
            assertThatExceptionOfType(KeyMismatchException.class)
                    .isThrownBy(() -> verify(secretKey, form, foreign))
                    .withMessageContaining("The public key does not decrypt to what it must");
        }
    }

    @ParameterizedTest
    @EnumSource
    void findsEverySingleFlippedBitOfAPublicKey(KeyForm form) throws IOException {
        SecretKey secretKey = TinyKeys.secretKey(TinyKeys.BGV);
        byte[] bytes = publicKey(secretKey, form);
        BitSet mismatches = new BitSet();
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            Throwable found = catchThrowable(() -> verify(secretKey, form, bytes));

            assertThat(found).as("bit %d", bit).isInstanceOfAny(MalformedKeyException.class, KeyMismatchException.class);
            mismatches.set(bit, found instanceof KeyMismatchException);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertThat(mismatches.cardinality()).isGreaterThan(1000);
    }

    @Test
    void refusesAPublicKeyThatHidesNothing() throws IOException {
        byte[] constant = publicKey(TinyKeys.secretKey(TinyKeys.BFV), KeyForm.PLAIN);
        int c1 = constant.length - 8 * 3 * TinyKeys.DEGREE;
        Arrays.fill(constant, c1, c1 + 8 * TinyKeys.DEGREE, (byte) 0);
        byte[] zeroSeed = publicKey(TinyKeys.secretKey(TinyKeys.BFV), KeyForm.SEEDED);
        Arrays.fill(zeroSeed, zeroSeed.length - 64, zeroSeed.length, (byte) 0);

        refusedPublic(constant, KeyForm.PLAIN, "second polynomial is constant");
        refusedPublic(zeroSeed, KeyForm.SEEDED, "a seed is all zero");
    }

    @Test
    void refusesAPublicKeyWithAResidueThatIsNotBelowItsPrime() throws IOException {
        byte[] bytes = publicKey(TinyKeys.secretKey(TinyKeys.BFV), KeyForm.PLAIN);
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(bytes.length - 8, TinyKeys.BFV.coeffModulus()[2]);

        refusedPublic(bytes, KeyForm.PLAIN, "not below its prime");
    }

    private static void refusedPublic(byte[] bytes, KeyForm form, String message) {
        assertThatExceptionOfType(MalformedKeyException.class)
                .isThrownBy(() ->
                        PublicKeyCheck.check(TinyKeys.BFV, form, SealStamp.V3_7, new ByteArrayInputStream(bytes)))
                .withMessageContaining(message);
    }

    private static void refusedSecret(byte[] bytes, EncryptionParameters parameters, SealStamp stamp, String message) {
        assertThatExceptionOfType(MalformedKeyException.class)
                .isThrownBy(() -> read(bytes, parameters, stamp))
                .withMessageContaining(message);
    }

    private static SecretKey read(byte[] bytes, EncryptionParameters parameters, SealStamp stamp)
            throws IOException, MalformedKeyException {
        return SecretKey.readFrom(new ByteArrayInputStream(bytes), parameters, stamp);
    }

    private static Verification verify(SecretKey secretKey, KeyForm form, byte[] publicKey)
            throws IOException, MalformedKeyException, KeyMismatchException {
        return PublicKeyCheck.verify(secretKey, form, SealStamp.V3_7, new ByteArrayInputStream(publicKey));
    }

    private static byte[] written(SecretKey secretKey, SealStamp stamp) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            secretKey.writeTo(out, stamp);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static byte[] publicKey(SecretKey secretKey, KeyForm form) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PublicKeyGenerator.write(secretKey, form, SealStamp.V3_7, out);
        return out.toByteArray();
    }
}
