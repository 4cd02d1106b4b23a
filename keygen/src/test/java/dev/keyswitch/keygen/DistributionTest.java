package dev.keyswitch.keygen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.keygen.internal.kernel.Kernels;
import dev.keyswitch.keygen.internal.ring.NttPoly;
import dev.keyswitch.keygen.internal.ring.Ring;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What comes out at the end has the distributions it should: secrets and noise are taken out of finished keys by decrypting them. Fixed
/// seeds where a figure is compared; bounds that chance passes less than once in 10^9 where randomness is fresh.
class DistributionTest {
    private static final EncryptionParameters PARAMETERS =
            EncryptionParameters.of(Scheme.CKKS, 4096, Primes.create(4096, 36, 36, 37), 0);
    private static final Ring RING = PARAMETERS.ring();
    private static final KeyProfile PROFILE =
            new KeyProfile(PARAMETERS, RotationSteps.of(0, 1, 2, 4, 8, 16, 32), true, KeyForm.PLAIN, SealStamp.V3_7);

    /// Two degrees of freedom: above 42 with probability e^-21.
    @Test
    void derivedSecretsAreUniformOverMinusOneZeroAndOne() {
        int[] counts = new int[3];
        int[] pairs = new int[9];
        try (RootKey root = RootKey.generate(new SecureRandom())) {
            for (int generation = 0; generation < 50; generation++) {
                byte[] secret = SecretKeyTest.coefficients(derive(root, generation), 0);
                for (int i = 0; i < secret.length; i++) {
                    counts[secret[i] + 1]++;
                    pairs[3 * (secret[i] + 1) + secret[i ^ 1] + 1]++;
                }
            }
        }
        assertThat(chiSquareOfUniform(counts)).isLessThan(42);
        // Neighbours are counted twice, which at most doubles the figure; 8 degrees of freedom pass 60 less than once in 10^9.
        assertThat(chiSquareOfUniform(pairs)).isLessThan(120);
    }

    /// Cells -11 to 11 and two tails, 24 degrees of freedom: above 95 less than once in 10^9.
    @Test
    void noiseOfFinishedKeysIsBinomial() throws IOException {
        long[] counts = new long[25];
        long total = 0;
        SplittableRandom random = new SplittableRandom(10);
        try (SecretKey secretKey = InsecureRepeatableRandomness.secretKey(PARAMETERS, random)) {
            for (long[] noise : noises(secretKey, key(secretKey, random))) {
                for (long value : noise) {
                    counts[Math.clamp(value, -12, 12) + 12]++;
                    total++;
                }
            }
        }
        double chiSquare = 0;
        double[] probabilities = binomial();
        for (int cell = 0; cell < counts.length; cell++) {
            double expected = total * probabilities[cell];
            assertThat(expected).isGreaterThan(5);
            chiSquare += (counts[cell] - expected) * (counts[cell] - expected) / expected;
        }
        assertThat(chiSquare).isLessThan(95);
    }

    /// Correlation of n independent pairs has standard deviation 1/sqrt(n): six of them.
    @Test
    void twoKeysOfOneSecretShareNothing() throws IOException {
        try (SecretKey secretKey = SecretKey.random(new SecureRandom(), PARAMETERS)) {
            byte[] first = TinyKeys.evaluationKey(secretKey, PROFILE);
            byte[] second = TinyKeys.evaluationKey(secretKey, PROFILE);
            List<long[]> noises = noises(secretKey, first);
            noises.addAll(noises(secretKey, second));
            for (int one = 0; one < noises.size(); one++) {
                for (int other = 0; other < one; other++) {
                    assertThat(Math.abs(correlation(noises.get(one), noises.get(other))))
                            .as("noise of components %d and %d", one, other)
                            .isLessThan(6 / Math.sqrt(PARAMETERS.polyModulusDegree()));
                }
            }
            assertThat(sharedResidues(first, second)).isLessThan(20);
        }
    }

    @Test
    void twoSeededKeysOfOneSecretShareNoPartOfASeed() {
        KeyProfile seeded =
                new KeyProfile(PARAMETERS, PROFILE.rotations(), true, KeyForm.SEEDED, SealStamp.V3_7);
        ComponentMap map = ComponentMap.of(seeded);
        Set<Long> words = new HashSet<>();
        try (SecretKey secretKey = SecretKey.random(new SecureRandom(), PARAMETERS)) {
            for (int round = 0; round < 2; round++) {
                ByteBuffer key = words(TinyKeys.evaluationKey(secretKey, seeded));
                for (int component = 0; component < map.starts().size(); component++) {
                    for (int word = 0; word < 8; word++) {
                        words.add(key.getLong(map.c1(component) + 8 * word));
                    }
                }
            }
        }
        assertThat(words).hasSize(2 * map.starts().size() * 8);
    }

    private static SecretKey derive(RootKey root, long generation) {
        return SecretKey.derive(
                root, new KeyId(new UUID(1, 2), new UUID(3, 4), new UUID(5, 6), generation), PARAMETERS);
    }

    private static byte[] key(SecretKey secretKey, SplittableRandom random) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new EvaluationKeyGenerator(() -> new InsecureRepeatableRandomness(random.split()), 1, Kernels::present)
                .generate(secretKey, PROFILE, out, ProgressListener.NONE);
        return out.toByteArray();
    }

    /// −(c0 + c1·s) under the last prime, to which no target is ever added.
    private static List<long[]> noises(SecretKey secretKey, byte[] key) {
        ComponentMap map = ComponentMap.of(PROFILE);
        int last = RING.primes() - 1;
        NttPoly secret = secretKey.rows();
        ByteBuffer words = words(key);
        List<long[]> noises = new ArrayList<>();
        for (int component = 0; component < map.starts().size(); component++) {
            long[] row = new long[RING.degree()];
            for (int i = 0; i < row.length; i++) {
                int offset = 8 * (last * RING.degree() + i);
                long product = RING.modulus(last).multiply(words.getLong(map.c1(component) + offset), secret.row(last)[i]);
                row[i] = RING.modulus(last).negate(RING.modulus(last).add(words.getLong(map.c0(component) + offset), product));
            }
            RING.kernel().inverse(row, RING.table(last));
            long q = RING.modulus(last).value();
            for (int i = 0; i < row.length; i++) {
                row[i] = row[i] > q / 2 ? row[i] - q : row[i];
                assertThat(Math.abs(row[i])).isLessThanOrEqualTo(21);
            }
            noises.add(row);
        }
        return noises;
    }

    /// Of two polynomials of 36-bit residues, equal places come by chance once in 2^36.
    private static int sharedResidues(byte[] first, byte[] second) {
        ComponentMap map = ComponentMap.of(PROFILE);
        Set<Long> seen = new HashSet<>();
        int shared = 0;
        for (int component = 0; component < map.starts().size(); component++) {
            for (int offset = 0; offset < 2 * map.polynomialBytes(); offset += 8) {
                seen.add(words(first).getLong(map.c0(component) + offset));
            }
        }
        int tried = 0;
        for (int offset = 0; offset < 2 * map.polynomialBytes(); offset += 8, tried++) {
            shared += seen.contains(words(second).getLong(map.c0(0) + offset)) ? 1 : 0;
        }
        // 24576 · 393216 pairs: 0.14 expected under 36-bit primes, fewer under longer ones.
        assertThat(tried).isEqualTo(6 * 4096);
        return shared;
    }

    private static double correlation(long[] one, long[] other) {
        double product = 0;
        double squares = 0;
        double otherSquares = 0;
        for (int i = 0; i < one.length; i++) {
            product += one[i] * other[i];
            squares += one[i] * one[i];
            otherSquares += other[i] * other[i];
        }
        return product / Math.sqrt(squares * otherSquares);
    }

    private static double chiSquareOfUniform(int[] counts) {
        double expected = 0;
        for (int count : counts) {
            expected += (double) count / counts.length;
        }
        double sum = 0;
        for (int count : counts) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }

    /// P(e = k) is binomial(42, 21 + k) / 2^42; beyond 11 in one cell on each side.
    private static double[] binomial() {
        double[] cells = new double[25];
        double probability = Math.scalb(1, -42);
        for (int ones = 0; ones <= 42; ones++) {
            cells[Math.clamp(ones - 21, -12, 12) + 12] += probability;
            probability = probability * (42 - ones) / (ones + 1);
        }
        return cells;
    }

    private static ByteBuffer words(byte[] key) {
        return ByteBuffer.wrap(key).order(ByteOrder.LITTLE_ENDIAN);
    }
}
