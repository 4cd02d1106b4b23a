package dev.keyswitch.keygen.internal.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyswitch.keygen.Primes;
import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import dev.keyswitch.keygen.internal.hash.Blake2b;
import dev.keyswitch.keygen.internal.hash.Blake2xb;
import dev.keyswitch.keygen.internal.random.CenteredBinomial;
import dev.keyswitch.keygen.internal.ring.Automorphism;
import dev.keyswitch.keygen.internal.ring.NttTable;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Vectors do what plain Java does, bit by bit, wherever the contract fixes the bits, and else modulo q and within the bounds.
class VectorGenerationTest {
    private final GenerationKernel scalar = new ScalarGeneration();
    private final GenerationKernel vector = new VectorGeneration(scalar);

    /// All degrees, and primes on both sides of every border between ways to transform.
    static Stream<Arguments> rings() {
        return IntStream.rangeClosed(5, 15)
                .mapToObj(log -> 1 << log)
                .flatMap(degree -> IntStream.of(20, 23, 30, 36, 40, 43, 44, 45, 46, 47, 54, 59, 60)
                        .filter(bits -> 1 << bits - 4 > degree || bits > 30)
                        .mapToObj(bits -> Arguments.of(degree, Primes.create(degree, bits)[0])));
    }

    /// Drawn and extreme noise, with the factors 1 and others, under drawn and extreme words.
    @ParameterizedTest
    @MethodSource("rings")
    void hidesTheSameRowsBehindTheSameNoise(int degree, long prime) {
        Random random = new Random(degree + prime);
        Modulus modulus = new Modulus(prime);
        NttTable table = new NttTable(modulus, degree);
        for (byte[] noise : noises(random, degree)) {
            for (long factor : new long[] {1, random.nextLong(prime), prime - 1}) {
                long[] values = random.longs(degree, 0, prime).toArray();
                values[0] = 0;
                values[1] = prime - 1;
                Operand operand = operand(modulus, values);
                long[] words = words(random, degree);
                long[] expected = hidden(scalar, noise, factor, table, words, operand);
                long[] found = hidden(vector, noise, factor, table, words, operand);

                assertThat(Arrays.stream(expected).allMatch(x -> x >= 0 && x < prime)).isTrue();
                assertThat(found).containsExactly(expected);
            }
        }
    }

    /// In four parts, as generation does it.
    private static long[] hidden(GenerationKernel kernel, byte[] noise, long factor, NttTable table, long[] words, Operand operand) {
        try (Workspace workspace = new Workspace(noise.length)) {
            kernel.transform(noise, factor, table, workspace);
            int count = noise.length / 4;
            long[] hidden = new long[noise.length];
            for (int start = 0; start < noise.length; start += count) {
                long[] part = new long[count];
                kernel.hide(Arrays.copyOfRange(words, start, start + count), count, operand, start, workspace, part);
                System.arraycopy(part, 0, hidden, start, count);
            }
            return hidden;
        }
    }

    private static List<byte[]> noises(Random random, int degree) {
        byte[] drawn = new byte[degree];
        byte[] extreme = new byte[degree];
        byte[] largest = new byte[degree];
        byte[] smallest = new byte[degree];
        for (int i = 0; i < degree; i++) {
            drawn[i] = (byte) random.nextInt(-CenteredBinomial.BOUND, CenteredBinomial.BOUND + 1);
            extreme[i] = (byte) (random.nextBoolean() ? CenteredBinomial.BOUND : -CenteredBinomial.BOUND);
        }
        Arrays.fill(largest, (byte) CenteredBinomial.BOUND);
        Arrays.fill(smallest, (byte) -CenteredBinomial.BOUND);
        return List.of(drawn, extreme, largest, smallest, new byte[degree]);
    }

    @ParameterizedTest
    @MethodSource("rings")
    void multipliesWordsOfAllSixtyFourBits(int degree, long prime) {
        Modulus modulus = new Modulus(prime);
        Random random = new Random(degree + prime);
        Operand operand = operand(modulus, random.longs(degree, 0, prime).toArray());
        long[] words = words(random, degree);
        long[] expected = new long[degree];
        long[] found = new long[degree];

        scalar.product(words, degree, operand, 0, expected);
        vector.product(words, degree, operand, 0, found);

        assertThat(Arrays.stream(found).allMatch(x -> x >= 0 && x < 4 * prime)).isTrue();
        assertThat(Arrays.stream(found).map(modulus::reduce).toArray())
                .containsExactly(Arrays.stream(expected).map(modulus::reduce).toArray());
    }

    @ParameterizedTest
    @MethodSource("rings")
    void reducesWordsOfAllSixtyFourBits(int degree, long prime) {
        long[] expected = words(new Random(degree + prime), degree);
        long[] found = expected.clone();

        scalar.residues(expected, degree, new Modulus(prime));
        vector.residues(found, degree, new Modulus(prime));

        assertThat(found).containsExactly(expected);
    }

    @ParameterizedTest
    @MethodSource("rings")
    void addsProductsToFullyReducedRows(int degree, long prime) {
        Random random = new Random(degree + prime);
        long[] expected = random.longs(degree, 0, prime).toArray();
        expected[0] = prime - 1;
        long[] found = expected.clone();
        long[] addend = words(random, degree);

        int half = degree / 2;
        scalar.addProduct(expected, half, addend, half, prime - 1, new Modulus(prime));
        vector.addProduct(found, half, addend, half, prime - 1, new Modulus(prime));

        assertThat(Arrays.stream(expected).allMatch(x -> x >= 0 && x < prime)).isTrue();
        assertThat(found).containsExactly(expected);
    }

    @Test
    void noticesASingleWordBeyondTheBoundWhereverItStands() {
        long[] words = new Random(1).longs(64).map(word -> word >>> 1).toArray();
        for (GenerationKernel kernel : new GenerationKernel[] {scalar, vector}) {
            for (long bound : new long[] {Long.MAX_VALUE, -2}) {
                assertThat(kernel.exceeds(words, 64, bound)).isFalse();
                for (int i = 0; i < 64; i++) {
                    long[] changed = words.clone();
                    changed[i] = bound;
                    assertThat(kernel.exceeds(changed, 64, bound)).isFalse();
                    changed[i] = bound + 1;
                    assertThat(kernel.exceeds(changed, 64, bound)).isTrue();
                }
            }
        }
    }

    @Test
    void drawsTheSameNoise() {
        Random random = new Random(1);
        for (int count : new int[] {4, 8, 64, 512}) {
            for (long[] words : new long[][] {random.longs(514).toArray(), new long[514], ones(514)}) {
                byte[] expected = new byte[count + 2];
                byte[] found = new byte[count + 2];

                scalar.binomial(words, count, expected, 1);
                vector.binomial(words, count, found, 1);

                assertThat(found).containsExactly(expected);
            }
        }
    }

    @Test
    void hashesTheSameBuffers() {
        Random random = new Random(1);
        for (int round = 0; round < 100; round++) {
            long[] chain = random.longs(Blake2xb.ROOT_WORDS).toArray();
            long[] expectedRoots = new long[GenerationKernel.ROOTS * Blake2xb.ROOT_WORDS];
            long[] foundRoots = expectedRoots.clone();
            long[] schedule = new long[Blake2b.SCHEDULE_WORDS];
            long counter = random.nextLong();

            scalar.roots(chain, counter, schedule, expectedRoots);
            vector.roots(chain, counter, schedule, foundRoots);

            assertThat(foundRoots).containsExactly(expectedRoots);
            for (int root = 0; root < expectedRoots.length; root += Blake2xb.ROOT_WORDS) {
                long[] expected = new long[Blake2xb.BUFFER_WORDS + 1];
                long[] found = expected.clone();
                scalar.nodes(expectedRoots, root, schedule, expected, 1);
                vector.nodes(expectedRoots, root, schedule, found, 1);
                assertThat(found).containsExactly(expected);
            }
        }
    }

    @Test
    void takesAutomorphismsTheSameWay() {
        for (int degree = 2; degree <= 4096; degree *= 2) {
            long[] row = new Random(degree).longs(degree).toArray();
            for (int element = 1; element < 2 * degree; element += Math.max(2, degree / 64 * 2 - 2)) {
                long[] expected = new long[degree];
                long[] found = new long[degree];

                scalar.image(row, new Automorphism(degree, element), expected);
                vector.image(row, new Automorphism(degree, element), found);

                assertThat(found).containsExactly(expected);
            }
        }
    }

    private static Operand operand(Modulus modulus, long[] values) {
        return new Operand(values, Arrays.stream(values).map(modulus::companion).toArray(), modulus);
    }

    private static long[] ones(int count) {
        long[] ones = new long[count];
        Arrays.fill(ones, -1);
        return ones;
    }

    private static long[] words(Random random, int count) {
        long[] words = random.longs(count).toArray();
        words[0] = -1;
        words[1] = 0;
        words[2] = Long.MIN_VALUE;
        words[3] = 0xFFFFFFFFL;
        return words;
    }
}
