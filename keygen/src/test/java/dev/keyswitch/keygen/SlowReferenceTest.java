package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.keygen.internal.ring.CoefficientPoly;
import dev.keyswitch.keygen.internal.ring.GaloisElements;
import dev.keyswitch.keygen.internal.ring.NttTable;
import dev.keyswitch.keygen.internal.ring.Ring;
import dev.keyswitch.keygen.internal.ring.RingKernel;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The fast arithmetic, and the keys made with it, against textbook arithmetic on big integers.
class SlowReferenceTest {
    private static final int ROUNDS = 20;

    static Stream<EncryptionParameters> parameters() {
        return Stream.of(TinyKeys.CKKS, TinyKeys.BFV, TinyKeys.BGV);
    }

    @ParameterizedTest
    @CsvSource({"4, 97", "8, 97", "16, 97", "32, 1152921504606830593", "64, 1091523317970534401"})
    void everyOperationOfTheRingIsThatOfTheTextbook(int degree, long prime) {
        Ring ring = new Ring(degree, new long[] {prime});
        SlowRing slow = new SlowRing(degree, BigInteger.valueOf(prime));
        NttTable table = ring.table(0);
        RingKernel kernel = ring.kernel();
        SplittableRandom random = new SplittableRandom(prime + degree);
        for (int round = 0; round < ROUNDS; round++) {
            long[] a = random.longs(degree, 0, prime).toArray();
            long[] b = random.longs(degree, 0, prime).toArray();
            BigInteger[] bigA = big(a);
            BigInteger[] bigB = big(b);

            forward(ring, a);
            forward(ring, b);

            assertThat(a).containsExactly(slow.values(bigA));
            assertThat(slow.fromValues(a)).containsExactly(bigA);
            long[] product = IntStream.range(0, degree).mapToLong(i -> ring.modulus(0).multiply(a[i], b[i])).toArray();
            kernel.inverse(product, table);
            assertThat(big(product)).containsExactly(slow.product(bigA, bigB));
            long[] sum = IntStream.range(0, degree).mapToLong(i -> ring.modulus(0).add(a[i], b[i])).toArray();
            kernel.inverse(sum, table);
            assertThat(big(sum)).containsExactly(slow.sum(bigA, bigB));
            long factor = random.nextLong(prime);
            long[] scaled = a.clone();
            kernel.scale(scaled, factor, ring.modulus(0));
            kernel.inverse(scaled, table);
            assertThat(big(scaled)).containsExactly(slow.scaled(bigA, BigInteger.valueOf(factor)));
            int element = 2 * random.nextInt(degree) + 1;
            int[] permutation = GaloisElements.permutation(degree, element);
            long[] image = IntStream.range(0, degree).mapToLong(i -> a[permutation[i]]).toArray();
            kernel.inverse(image, table);
            assertThat(big(image)).containsExactly(slow.image(bigA, element));
        }
    }

    /// c0 + c1·s is −e, with small e, plus P·T under the one prime of the component: each residue, by big integers.
    @ParameterizedTest
    @MethodSource("parameters")
    void everyComponentDecryptsToWhatItMustByTheTextbook(EncryptionParameters parameters) {
        KeyProfile profile = TinyKeys.profile(parameters, KeyForm.PLAIN, SealStamp.V3_7);
        SplittableRandom random = new SplittableRandom(parameters.scheme().ordinal());
        SecretKey secretKey = InsecureRepeatableRandomness.secretKey(parameters, random);
        byte[] secret = SecretKeyTest.coefficients(secretKey, 0);
        byte[] key = TinyKeys.evaluationKey(secretKey, profile);
        // The square first, then ascending: step 1 is 3, step -3 is 3^5 = 19 modulo 32, step 0 is 31.
        int[] elements = {0, 3, 19, 31};
        int components = 0;
        for (int which = 0; which < elements.length; which++) {
            for (int index = 0; index < 2; index++, components++) {
                BigInteger[] noise = null;
                for (int prime = 0; prime < 3; prime++) {
                    BigInteger[] found = decrypted(parameters, key, components, prime, secret, elements[which], index);
                    assertThat(noise == null ? found : noise).containsExactly(found);
                    noise = found;
                }
                boolean scaled = parameters.scheme() == Scheme.BGV;
                BigInteger factor = scaled ? BigInteger.valueOf(parameters.plainModulus()) : BigInteger.ONE;
                assertThat(noise).allSatisfy(value -> {
                    assertThat(value.mod(factor)).isZero();
                    assertThat(value.divide(factor).abs()).isLessThanOrEqualTo(BigInteger.valueOf(21));
                });
                assertThat(noise).anySatisfy(value -> assertThat(value).isNotZero());
            }
        }
        assertThat(components).isEqualTo(profile.layout().components());
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 64, 1024})
    void automorphismsAreHomomorphismsAndComposeByMultiplication(int degree) {
        Ring ring = new Ring(degree, Primes.create(degree, 60));
        SplittableRandom random = new SplittableRandom(degree);
        for (int round = 0; round < ROUNDS; round++) {
            long[] a = random.longs(degree, 0, ring.modulus(0).value()).toArray();
            long[] b = random.longs(degree, 0, ring.modulus(0).value()).toArray();
            int one = 2 * random.nextInt(degree) + 1;
            int other = 2 * random.nextInt(degree) + 1;
            int both = Math.toIntExact((long) one * other % (2 * degree));

            long[] product = IntStream.range(0, degree).mapToLong(i -> ring.modulus(0).multiply(a[i], b[i])).toArray();
            long[] imageOfA = image(degree, one, a);
            long[] imageOfB = image(degree, one, b);

            assertThat(image(degree, one, product))
                    .containsExactly(IntStream.range(0, degree)
                            .mapToLong(i -> ring.modulus(0).multiply(imageOfA[i], imageOfB[i]))
                            .toArray());
            assertThat(image(degree, one, image(degree, other, a))).containsExactly(image(degree, both, a));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 512, 1024, 4096, 32768})
    void transformsAreLinearAndUndoEachOther(int degree) {
        for (int bits : new int[] {30, 45, 60}) {
            Ring ring = new Ring(degree, Primes.create(degree, bits));
            SplittableRandom random = new SplittableRandom(bits);
            long[] a = random.longs(degree, 0, ring.modulus(0).value()).toArray();
            long[] b = random.longs(degree, 0, ring.modulus(0).value()).toArray();
            long[] sum = IntStream.range(0, degree).mapToLong(i -> ring.modulus(0).add(a[i], b[i])).toArray();
            long[] before = a.clone();

            forward(ring, a);
            forward(ring, b);
            forward(ring, sum);

            long[] sumOfTransforms = IntStream.range(0, degree).mapToLong(i -> ring.modulus(0).add(a[i], b[i])).toArray();
            assertThat(sum).containsExactly(sumOfTransforms);
            ring.kernel().inverse(a, ring.table(0));
            assertThat(a).containsExactly(before);
        }
    }

    private static BigInteger[] decrypted(
            EncryptionParameters parameters, byte[] key, int component, int prime, byte[] secret, int element, int index) {
        KeyProfile profile = TinyKeys.profile(parameters, KeyForm.PLAIN, SealStamp.V3_7);
        ComponentMap map = ComponentMap.of(profile);
        BigInteger q = BigInteger.valueOf(parameters.coeffModulus()[prime]);
        SlowRing slow = new SlowRing(TinyKeys.DEGREE, q);
        BigInteger[] s = IntStream.range(0, secret.length).mapToObj(i -> BigInteger.valueOf(secret[i])).toArray(BigInteger[]::new);
        BigInteger[] c0 = slow.fromValues(row(key, map.c0(component), prime));
        BigInteger[] c1 = slow.fromValues(row(key, map.c1(component), prime));
        BigInteger[] sum = slow.sum(c0, slow.product(c1, s));
        if (index == prime) {
            BigInteger[] target = element == 0 ? slow.product(s, s) : slow.image(s, element);
            sum = slow.sum(sum, slow.scaled(target, BigInteger.valueOf(-parameters.coeffModulus()[2])));
        }
        return slow.centred(sum);
    }

    private static long[] row(byte[] key, int polynomial, int prime) {
        ByteBuffer words = ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
        return IntStream.range(0, TinyKeys.DEGREE)
                .mapToLong(i -> words.getLong(polynomial + 8 * (prime * TinyKeys.DEGREE + i)))
                .toArray();
    }

    private static long[] image(int degree, int element, long[] row) {
        int[] permutation = GaloisElements.permutation(degree, element);
        return IntStream.range(0, degree).mapToLong(i -> row[permutation[i]]).toArray();
    }

    private static void forward(Ring ring, long[] row) {
        ring.kernel().forward(row, ring.table(0));
        ring.kernel().reduce(row, ring.modulus(0));
    }

    private static BigInteger[] big(long[] row) {
        return Arrays.stream(row).mapToObj(BigInteger::valueOf).toArray(BigInteger[]::new);
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void secretsAreTheSameIntegersUnderEveryPrime(EncryptionParameters parameters) {
        CoefficientPoly secret = new CoefficientPoly(TinyKeys.DEGREE);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < TinyKeys.DEGREE; i++) {
            secret.coefficients()[i] = (byte) random.nextInt(-1, 2);
        }
        byte[] expected = secret.coefficients().clone();

        SecretKey secretKey = SecretKey.of(secret, parameters);

        for (int prime = 0; prime < 3; prime++) {
            SlowRing slow = new SlowRing(TinyKeys.DEGREE, BigInteger.valueOf(parameters.coeffModulus()[prime]));
            BigInteger[] found = slow.centred(slow.fromValues(secretKey.rows().row(prime)));
            for (int i = 0; i < expected.length; i++) {
                assertThat(found[i]).isEqualTo(BigInteger.valueOf(expected[i]));
            }
        }
    }
}
