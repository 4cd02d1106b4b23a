package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EvaluationKeyCheckTest {
    private static final SecretKey SECRET = TinyKeys.secretKey(TinyKeys.BFV);

    static Stream<KeyProfile> profiles() {
        return Stream.of(KeyForm.values())
                .flatMap(form -> Stream.of(SealStamp.values()).map(stamp -> TinyKeys.profile(TinyKeys.BFV, form, stamp)));
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void acceptsWhatTheGeneratorMakes(KeyProfile profile) {
        byte[] key = TinyKeys.evaluationKey(SECRET, profile);

        assertThatCode(() -> TinyKeys.check(profile, key)).doesNotThrowAnyException();
        assertThatCode(() -> EvaluationKeyCheck.check(profile, new ByteByByte(key))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void refusesEverySingleBitThatDiffersFromWhatTheProfileSays(KeyProfile profile) {
        byte[] key = TinyKeys.evaluationKey(SECRET, profile);
        BitSet random = ComponentMap.of(profile).randomBytes();
        assertThat(random.length()).isLessThanOrEqualTo(key.length);
        int tried = 0;
        for (int i = random.nextClearBit(0); i < key.length; i = random.nextClearBit(i + 1)) {
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                key[i] ^= (byte) (1 << bit);
                assertThatExceptionOfType(MalformedKeyException.class)
                        .as("byte %d bit %d", i, bit)
                        .isThrownBy(() -> TinyKeys.check(profile, key));
                key[i] ^= (byte) (1 << bit);
                tried++;
            }
        }
        assertThat(tried).isGreaterThan(8_000);
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void refusesEveryTruncationAndAnythingThatFollows(KeyProfile profile) {
        byte[] key = TinyKeys.evaluationKey(SECRET, profile);
        for (int length = 0; length < key.length; length++) {
            byte[] truncated = Arrays.copyOf(key, length);
            assertThatExceptionOfType(MalformedKeyException.class)
                    .isThrownBy(() -> TinyKeys.check(profile, truncated))
                    .satisfies(e -> assertThat(e.offset()).isEqualTo(truncated.length))
                    .withMessageContaining("ends in the middle of");
        }
        byte[] longer = Arrays.copyOf(key, key.length + 1);
        assertThatExceptionOfType(MalformedKeyException.class)
                .isThrownBy(() -> TinyKeys.check(profile, longer))
                .satisfies(e -> assertThat(e.offset()).isEqualTo(key.length))
                .withMessageContaining("more bytes follow");
    }

    @ParameterizedTest
    @EnumSource(KeyForm.class)
    void refusesResiduesThatAreNotBelowTheirPrime(KeyForm form) throws Exception {
        KeyProfile profile = TinyKeys.profile(TinyKeys.BFV, form, SealStamp.V3_7);
        byte[] key = TinyKeys.evaluationKey(SECRET, profile);
        ComponentMap map = ComponentMap.of(profile);
        ByteBuffer words = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
        int rowBytes = 8 * TinyKeys.DEGREE;
        for (int row = 0; row < 3; row++) {
            long prime = TinyKeys.BFV.coeffModulus()[row];
            for (int component : new int[] {0, map.starts().size() - 1}) {
                for (int position : new int[] {map.c0(component) + row * rowBytes, map.c0(component) + (row + 1) * rowBytes - 8}) {
                    long before = words.getLong(position);
                    for (long tooLarge : new long[] {prime, prime + 1, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
                        words.putLong(position, tooLarge);
                        refused(profile, key, position, "not below its prime " + prime);
                    }
                    words.putLong(position, prime - 1);
                    TinyKeys.check(profile, key);
                    words.putLong(position, before);
                }
            }
        }
    }

    @Test
    void refusesRepeatedSeedsAlsoBetweenRelinearizationAndRotation() {
        KeyProfile profile = TinyKeys.profile(TinyKeys.BFV, KeyForm.SEEDED, SealStamp.V3_7);
        refusesRepetition(profile, "repeats the seed");
    }

    @Test
    void refusesRepeatedSecondPolynomialsAlsoBetweenRelinearizationAndRotation() {
        KeyProfile profile = TinyKeys.profile(TinyKeys.BFV, KeyForm.PLAIN, SealStamp.V3_7);
        refusesRepetition(profile, "repeats the second polynomial");
    }

    @Test
    void refusesASecondPolynomialRepeatedUnderOnePrime() {
        KeyProfile profile = TinyKeys.profile(TinyKeys.BFV, KeyForm.PLAIN, SealStamp.V3_7);
        ComponentMap map = ComponentMap.of(profile);
        int rowBytes = 8 * TinyKeys.DEGREE;
        for (int row = 0; row < 3; row++) {
            byte[] key = TinyKeys.evaluationKey(SECRET, profile);
            System.arraycopy(key, map.c1(1) + row * rowBytes, key, map.c1(4) + row * rowBytes, rowBytes);

            refused(profile, key, map.starts().get(4), "repeats the second polynomial");
        }
    }

    @Test
    void refusesASeedOfZeros() {
        KeyProfile profile = TinyKeys.profile(TinyKeys.BFV, KeyForm.SEEDED, SealStamp.V4_1);
        byte[] key = TinyKeys.evaluationKey(SECRET, profile);
        int seed = ComponentMap.of(profile).c1(3);
        Arrays.fill(key, seed, seed + 64, (byte) 0);

        refused(profile, key, seed - 1, "all zero");
    }

    @Test
    void acceptsSealsOtherGenerator() throws Exception {
        KeyProfile profile = TinyKeys.profile(TinyKeys.BFV, KeyForm.SEEDED, SealStamp.V4_1);
        byte[] key = TinyKeys.evaluationKey(SECRET, profile);
        key[ComponentMap.of(profile).seedKind(0)] = 2;

        TinyKeys.check(profile, key);
    }

    @Test
    void refusesASecondPolynomialThatIsConstantUnderOnePrime() {
        KeyProfile profile = TinyKeys.profile(TinyKeys.BFV, KeyForm.PLAIN, SealStamp.V3_7);
        ComponentMap map = ComponentMap.of(profile);
        for (long constant : new long[] {0, 1, 12345}) {
            for (int row = 0; row < 3; row++) {
                byte[] key = TinyKeys.evaluationKey(SECRET, profile);
                ByteBuffer words = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < TinyKeys.DEGREE; i++) {
                    words.putLong(map.c1(4) + 8 * (row * TinyKeys.DEGREE + i), constant);
                }
                refused(profile, key, map.starts().get(4), "constant");
            }
        }
    }

    @Test
    void refusesKeysForOtherRotations() {
        KeyProfile asked = profile(RotationSteps.of(1, 2), true);

        for (RotationSteps made : new RotationSteps[] {
            RotationSteps.of(1), RotationSteps.of(1, 3), RotationSteps.of(1, 2, 3), RotationSteps.all(), RotationSteps.none()
        }) {
            byte[] key = TinyKeys.evaluationKey(SECRET, profile(made, true));
            assertThatExceptionOfType(MalformedKeyException.class)
                    .as(made.toString())
                    .isThrownBy(() -> TinyKeys.check(asked, key));
        }
        byte[] withoutRelinearization = TinyKeys.evaluationKey(SECRET, profile(RotationSteps.of(1, 2), false));
        assertThatExceptionOfType(MalformedKeyException.class)
                .isThrownBy(() -> TinyKeys.check(asked, withoutRelinearization));
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        KeyProfile asked = profile(RotationSteps.of(1), true);
        byte[] key = TinyKeys.evaluationKey(SECRET, asked);
        KeyProfile foreign = new KeyProfile(
                EncryptionParameters.ofInsecureForTests(
                        Scheme.BFV, TinyKeys.DEGREE, Primes.create(TinyKeys.DEGREE, 39, 40, 41), 97),
                RotationSteps.of(1),
                true,
                KeyForm.SEEDED,
                SealStamp.V3_7);

        refused(foreign, key, 16, "the parameter id of the relinearization keys is " + TinyKeys.BFV.parmsId().toHex());
        refused(asked, "Not a key at all, but long enough.".getBytes(), 0, "there is none");
        refused(asked, new byte[0], 0, "ends in the middle of the relinearization keys");
        key[5] = 2;
        refused(asked, key, 0, "compressed");
        key[5] = 0;
        key[3] = 4;
        refused(asked, key, 0, "stamped SEAL 4.7, the profile asks for 3.7");
    }

    private static KeyProfile profile(RotationSteps rotations, boolean relinearization) {
        return new KeyProfile(TinyKeys.BFV, rotations, relinearization, KeyForm.SEEDED, SealStamp.V3_7);
    }

    private static void refusesRepetition(KeyProfile profile, String message) {
        ComponentMap map = ComponentMap.of(profile);
        int last = map.starts().size() - 1;
        for (int[] pair : new int[][] {{0, 1}, {1, 2}, {0, last}, {2, last}}) {
            byte[] key = TinyKeys.evaluationKey(SECRET, profile);
            System.arraycopy(key, map.c1(pair[0]), key, map.c1(pair[1]), map.c1Bytes());

            refused(profile, key, map.starts().get(pair[1]), message);
        }
    }

    private static void refused(KeyProfile profile, byte[] key, long offset, String message) {
        assertThatExceptionOfType(MalformedKeyException.class)
                .isThrownBy(() -> TinyKeys.check(profile, key))
                .satisfies(e -> assertThat(e.offset()).isEqualTo(offset))
                .withMessageContaining(message);
    }

    /// A slow connection.
    private static final class ByteByByte extends FilterInputStream {
        ByteByByte(byte[] bytes) {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return super.read(target, offset, Math.min(length, 1));
        }

        @Override
        public byte[] readNBytes(int length) throws IOException {
            throw new UnsupportedOperationException();
        }

        @Override
        public int readNBytes(byte[] target, int offset, int length) throws IOException {
            InputStream slow = this;
            int done = 0;
            for (int read = 0; done < length && read >= 0; done += Math.max(read, 0)) {
                read = slow.read(target, offset + done, length - done);
            }
            return done;
        }
    }
}
