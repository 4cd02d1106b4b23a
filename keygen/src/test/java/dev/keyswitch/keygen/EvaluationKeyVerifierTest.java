package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.keyswitch.keygen.internal.kernel.Kernels;
import dev.keyswitch.keygen.internal.random.Blake2xbStream;
import dev.keyswitch.keygen.internal.random.ByteStream;
import dev.keyswitch.keygen.internal.random.KeyRandomness;
import dev.keyswitch.keygen.internal.random.Shake256Stream;
import dev.keyswitch.keygen.internal.random.UniformSampler;
import dev.keyswitch.keygen.internal.ring.CoefficientPoly;
import dev.keyswitch.keygen.internal.ring.NttPoly;
import dev.keyswitch.keygen.internal.ring.Ring;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.Stream;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EvaluationKeyVerifierTest {

    static Stream<KeyProfile> profiles() {
        return Stream.of(TinyKeys.CKKS, TinyKeys.BFV, TinyKeys.BGV)
                .flatMap(parameters ->
                        Stream.of(KeyForm.values()).map(form -> TinyKeys.profile(parameters, form, SealStamp.V3_7)));
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void acceptsWhatItsOwnSecretKeyMade(KeyProfile profile) throws Exception {
        try (SecretKey secretKey = TinyKeys.secretKey(profile.parameters())) {
            byte[] key = TinyKeys.evaluationKey(secretKey, profile);

            Verification verification = TinyKeys.verify(secretKey, profile, key);

            assertThat(verification.components()).isEqualTo(8).isEqualTo(profile.layout().components());
            assertThat(verification.noiseBound()).isEqualTo(21);
            assertThat(verification.maxAbsoluteNoise()).isBetween(4, 21);
        }
    }

    @ParameterizedTest
    @EnumSource(KeyForm.class)
    void acceptsRealKeys(KeyForm form) throws Exception {
        EncryptionParameters parameters =
                EncryptionParameters.of(Scheme.CKKS, 8192, Primes.create(8192, 60, 40, 40, 60), 0);
        KeyProfile profile = new KeyProfile(parameters, RotationSteps.of(1, -1, 0), true, form, SealStamp.V4_4);
        try (SecretKey secretKey = TinyKeys.secretKey(parameters)) {
            byte[] key = TinyKeys.evaluationKey(secretKey, profile);

            Verification verification = TinyKeys.verify(secretKey, profile, key);

            assertThat(verification.components()).isEqualTo(12);
            assertThat(verification.maxAbsoluteNoise()).isBetween(11, 21);
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void findsEverySingleFlippedBit(KeyProfile larger) {
        KeyProfile profile =
                new KeyProfile(larger.parameters(), RotationSteps.of(1), true, larger.form(), larger.stamp());
        try (SecretKey secretKey = TinyKeys.secretKey(profile.parameters())) {
            byte[] key = TinyKeys.evaluationKey(secretKey, profile);
            BitSet random = ComponentMap.of(profile).randomBytes();
            int mismatches = 0;
            for (int i = 0; i < key.length; i++) {
                for (int bit = 0; bit < Byte.SIZE; bit++) {
                    key[i] ^= (byte) (1 << bit);
                    Throwable found = catchThrowable(
                            () -> TinyKeys.verify(secretKey, profile, key));
                    assertThat(found)
                            .as("byte %d bit %d", i, bit)
                            .isInstanceOfAny(MalformedKeyException.class, KeyMismatchException.class);
                    mismatches += found instanceof KeyMismatchException ? 1 : 0;
                    key[i] ^= (byte) (1 << bit);
                }
            }
            assertThat(mismatches).isBetween(random.cardinality() * 3, random.cardinality() * Byte.SIZE);
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void findsSwappedComponents(KeyProfile profile) throws Exception {
        ComponentMap map = ComponentMap.of(profile);
        try (SecretKey secretKey = TinyKeys.secretKey(profile.parameters())) {
            for (int[] pair : new int[][] {{0, 1}, {2, 3}, {0, 2}, {3, 5}, {2, 4}}) {
                byte[] key = TinyKeys.evaluationKey(secretKey, profile);
                swap(key, map.starts().get(pair[0]), map.starts().get(pair[1]), map.componentBytes());

                TinyKeys.check(profile, key);
                mismatch(secretKey, profile, key, "does not decrypt to what it must");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void findsKeysOfAnotherSecret(KeyProfile profile) throws Exception {
        try (SecretKey secretKey = TinyKeys.secretKey(profile.parameters());
                SecretKey other = TinyKeys.secretKey(profile.parameters())) {
            byte[] key = TinyKeys.evaluationKey(other, profile);

            TinyKeys.check(profile, key);
            mismatch(secretKey, profile, key, "The relinearization key, component 0,");
        }
    }

    @Test
    void findsOneKeyOfAnotherSecretAmongMany() {
        KeyProfile profile = TinyKeys.profile(TinyKeys.BFV, KeyForm.SEEDED, SealStamp.V3_7);
        ComponentMap map = ComponentMap.of(profile);
        int last = map.starts().getLast();
        try (SecretKey secretKey = TinyKeys.secretKey(TinyKeys.BFV);
                SecretKey other = TinyKeys.secretKey(TinyKeys.BFV)) {
            byte[] key = TinyKeys.evaluationKey(secretKey, profile);
            System.arraycopy(TinyKeys.evaluationKey(other, profile), last, key, last, map.componentBytes());

            mismatch(secretKey, profile, key, "The key of Galois element 31, component 1,");
        }
    }

    @Test
    void findsAKeyForAnotherRotation() throws Exception {
        KeyProfile one = new KeyProfile(TinyKeys.CKKS, RotationSteps.of(1), false, KeyForm.PLAIN, SealStamp.V4_1);
        KeyProfile two = new KeyProfile(TinyKeys.CKKS, RotationSteps.of(2), false, KeyForm.PLAIN, SealStamp.V4_1);
        ComponentMap ones = ComponentMap.of(one);
        ComponentMap twos = ComponentMap.of(two);
        try (SecretKey secretKey = TinyKeys.secretKey(TinyKeys.CKKS)) {
            byte[] forged = TinyKeys.evaluationKey(secretKey, two);
            byte[] made = TinyKeys.evaluationKey(secretKey, one);
            System.arraycopy(made, ones.starts().getFirst(), forged, twos.starts().getFirst(), 2 * ones.componentBytes());

            TinyKeys.check(two, forged);
            mismatch(secretKey, two, forged, "The key of Galois element 9, component 0,");
        }
    }

    @Test
    void refusesOtherParameters() {
        KeyProfile profile = TinyKeys.profile(TinyKeys.BFV, KeyForm.PLAIN, SealStamp.V3_7);
        try (SecretKey bfv = TinyKeys.secretKey(TinyKeys.BFV);
                SecretKey ckks = TinyKeys.secretKey(TinyKeys.CKKS)) {
            byte[] foreign = TinyKeys.evaluationKey(ckks, TinyKeys.profile(TinyKeys.CKKS, KeyForm.PLAIN, SealStamp.V3_7));

            assertThatIllegalArgumentException().isThrownBy(() -> TinyKeys.verify(ckks, profile, foreign));
            assertThatExceptionOfType(MalformedKeyException.class)
                    .isThrownBy(() -> TinyKeys.verify(bfv, profile, foreign))
                    .withMessageContaining("the parameter id");
        }
    }

    /// As if someone had put the right id on it: other primes of the same length, another plain modulus, another scheme.
    @ParameterizedTest
    @EnumSource(KeyForm.class)
    void findsAnotherParameterSetEvenUnderTheRightId(KeyForm form) throws Exception {
        long[] primes = TinyKeys.BGV.coeffModulus();
        long[] swapped = {primes[1], primes[0], primes[2]};
        long[] otherSpecial = {primes[0], primes[1], Primes.create(TinyKeys.DEGREE, 41, 41)[0]};
        for (EncryptionParameters foreign : new EncryptionParameters[] {
            EncryptionParameters.ofInsecureForTests(Scheme.BGV, TinyKeys.DEGREE, swapped, 97),
            EncryptionParameters.ofInsecureForTests(Scheme.BGV, TinyKeys.DEGREE, otherSpecial, 97),
            EncryptionParameters.ofInsecureForTests(Scheme.BGV, TinyKeys.DEGREE, primes, 193),
            TinyKeys.BFV
        }) {
            CoefficientPoly secret = new CoefficientPoly(TinyKeys.DEGREE);
            secret.coefficients()[3] = 1;
            secret.coefficients()[7] = -1;
            byte[] coefficients = secret.coefficients().clone();
            KeyProfile profile = TinyKeys.profile(TinyKeys.BGV, form, SealStamp.V3_7);
            byte[] key = TinyKeys.evaluationKey(
                    SecretKey.of(secret, foreign), TinyKeys.profile(foreign, form, SealStamp.V3_7));
            System.arraycopy(coefficients, 0, secret.coefficients(), 0, coefficients.length);

            byte[] relabelled = relabelled(key, foreign.parmsId().bytes(), TinyKeys.BGV.parmsId().bytes());

            assertThatExceptionOfType(Exception.class)
                    .as("%s", foreign)
                    .isThrownBy(() -> TinyKeys.verify(SecretKey.of(secret, TinyKeys.BGV), profile, relabelled))
                    .isInstanceOfAny(KeyMismatchException.class, MalformedKeyException.class);
        }
    }

    private static byte[] relabelled(byte[] key, byte[] from, byte[] to) {
        byte[] relabelled = key.clone();
        for (int i = 0; i + from.length <= key.length; i++) {
            if (Arrays.equals(key, i, i + from.length, from, 0, from.length)) {
                System.arraycopy(to, 0, relabelled, i, to.length);
            }
        }
        return relabelled;
    }

    /// Adding one to a row of values adds one to the first coefficient: still small, but no longer the same polynomial.
    @ParameterizedTest
    @MethodSource("profiles")
    void findsNoiseThatDiffersBetweenThePrimes(KeyProfile profile) throws Exception {
        ComponentMap map = ComponentMap.of(profile);
        long step = profile.parameters().scheme() == Scheme.BGV ? profile.parameters().plainModulus() : 1;
        try (SecretKey secretKey = TinyKeys.secretKey(profile.parameters())) {
            for (int row = 0; row < 3; row++) {
                byte[] key = TinyKeys.evaluationKey(secretKey, profile);
                addToRow(key, map, row, step, profile.parameters().ring());

                TinyKeys.check(profile, key);
                mismatch(secretKey, profile, key, "The relinearization key, component 0,");
            }
            byte[] key = TinyKeys.evaluationKey(secretKey, profile);
            for (int row = 0; row < 3; row++) {
                addToRow(key, map, row, step, profile.parameters().ring());
            }
            assertThat(TinyKeys.verify(secretKey, profile, key).components()).isEqualTo(8);
        }
    }

    @ParameterizedTest
    @EnumSource(KeyForm.class)
    void refusesKeysWithoutNoise(KeyForm form) throws IOException {
        KeyProfile profile = TinyKeys.profile(TinyKeys.BFV, form, SealStamp.V3_7);
        Supplier<KeyRandomness> noiseless = () -> new OtherNoise(_ -> new Zeros());
        try (SecretKey secretKey = TinyKeys.secretKey(TinyKeys.BFV)) {
            byte[] key = TinyKeys.evaluationKey(new EvaluationKeyGenerator(noiseless, 1, Kernels::present), secretKey, profile);

            mismatch(secretKey, profile, key, "noise of the wrong spread");
        }
    }

    /// Made by hand: the second polynomial from SHAKE256 in place of BLAKE2Xb, and the first one to fit.
    @Test
    void expandsSeedsOfSealsOtherGenerator() throws Exception {
        KeyProfile profile = TinyKeys.profile(TinyKeys.CKKS, KeyForm.SEEDED, SealStamp.V4_1);
        ComponentMap map = ComponentMap.of(profile);
        Ring ring = TinyKeys.CKKS.ring();
        try (SecretKey secretKey = TinyKeys.secretKey(TinyKeys.CKKS)) {
            byte[] key = TinyKeys.evaluationKey(secretKey, profile);
            byte[] seed = Arrays.copyOfRange(key, map.c1(0), map.c1(0) + 64);
            NttPoly blake = ring.allocate();
            NttPoly shake = ring.allocate();
            new UniformSampler().sample(new Blake2xbStream(seed), ring, blake);
            new UniformSampler().sample(new Shake256Stream(seed), ring, shake);
            ByteBuffer words = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
            for (int row = 0; row < ring.primes(); row++) {
                for (int i = 0; i < ring.degree(); i++) {
                    int position = map.c0(0) + 8 * (row * ring.degree() + i);
                    long difference = ring.modulus(row).subtract(blake.row(row)[i], shake.row(row)[i]);
                    long product = ring.modulus(row).multiply(difference, secretKey.rows().row(row)[i]);
                    words.putLong(position, ring.modulus(row).add(words.getLong(position), product));
                }
            }
            mismatch(secretKey, profile, key, "The relinearization key, component 0,");

            key[map.seedKind(0)] = 2;

            assertThat(TinyKeys.verify(secretKey, profile, key).components()).isEqualTo(8);
        }
    }

    @Test
    void leavesNoUsableSecretBehind() {
        KeyProfile profile = TinyKeys.profile(TinyKeys.BFV, KeyForm.PLAIN, SealStamp.V3_7);
        SecretKey secretKey = TinyKeys.secretKey(TinyKeys.BFV);
        byte[] key = TinyKeys.evaluationKey(secretKey, profile);
        NttPoly rows = secretKey.rows();
        secretKey.close();

        assertThat(rows.row(0)).containsOnly(0);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> EvaluationKeyVerifier.verify(secretKey, profile, new ByteArrayInputStream(key)));
    }

    private static void mismatch(SecretKey secretKey, KeyProfile profile, byte[] key, String message) {
        assertThatExceptionOfType(KeyMismatchException.class)
                .isThrownBy(() -> TinyKeys.verify(secretKey, profile, key))
                .withMessageContaining(message);
    }

    private static void addToRow(byte[] key, ComponentMap map, int row, long value, Ring ring) {
        ByteBuffer words = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < ring.degree(); i++) {
            int position = map.c0(0) + 8 * (row * ring.degree() + i);
            words.putLong(position, ring.modulus(row).add(words.getLong(position), value));
        }
    }

    private static void swap(byte[] bytes, int one, int other, int length) {
        byte[] kept = Arrays.copyOfRange(bytes, one, one + length);
        System.arraycopy(bytes, other, bytes, one, length);
        System.arraycopy(kept, 0, bytes, other, length);
    }

    private static final class Zeros implements ByteStream {
        @Override
        public void read(byte[] target, int offset, int length) {
            Arrays.fill(target, offset, offset + length, (byte) 0);
        }

        @Override
        public void close() {}
    }
}
