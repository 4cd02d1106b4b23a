package dev.keyswitch.keygen.internal.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.keygen.Vectors;
import dev.keyswitch.keygen.internal.kernel.Kernels;
import dev.keyswitch.keygen.internal.ring.CoefficientPoly;
import dev.keyswitch.keygen.internal.ring.NttPoly;
import dev.keyswitch.keygen.internal.ring.Ring;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplerTest {
    private static final int MANY = 1 << 16;

    static Stream<JsonNode> tinySets() {
        return Vectors.each(Vectors.read("tiny_keys.json"));
    }

    @ParameterizedTest
    @MethodSource("tinySets")
    void drawsUniformResiduesAsSealDoes(JsonNode set) {
        Ring ring = ring(set);
        NttPoly target = ring.allocate();

        new UniformSampler().sample(new Blake2xbStream(Vectors.hex(set.get("factory_seed"))), ring, target);

        assertThat(allRows(target)).containsExactly(Vectors.longs(set.get("sample_poly_uniform")));
    }

    /// 2^64 − 1 is 60 modulo 97 and 78 modulo 101, so SEAL accepts words below 2^64 − 62 and below 2^64 − 80.
    @Test
    void replacesWordsFromTheVeryBoundOnAndOnlyAfterAllRowsWereRead() {
        Ring ring = new Ring(2, new long[] {97, 101});
        NttPoly target = ring.allocate();
        ByteStream words = new FixedWords(-62, -63, 5, -80, /* for the first */ -62, 98, /* for the fourth */ -1, -81);

        new UniformSampler().sample(words, ring, target);

        assertThat(target.row(0)).containsExactly(1, Long.remainderUnsigned(-63, 97));
        assertThat(target.row(1)).containsExactly(5, Long.remainderUnsigned(-81, 101));
    }

    @ParameterizedTest
    @MethodSource("tinySets")
    void drawsNoiseAsSealDoes(JsonNode set) {
        Ring ring = ring(set);
        CoefficientPoly noise = new CoefficientPoly(ring.degree());

        new CenteredBinomial().sample(new Blake2xbStream(Vectors.hex(set.get("factory_seed"))), noise, Kernels.scalar());

        NttPoly rows = ring.allocate();
        for (int prime = 0; prime < ring.primes(); prime++) {
            ring.kernel().lift(noise.coefficients(), rows.row(prime), ring.modulus(prime));
        }
        assertThat(allRows(rows)).containsExactly(Vectors.longs(set.get("sample_poly_cbd")));
    }

    @Test
    void noiseHasItsVarianceAndItsBounds() {
        CoefficientPoly noise = new CoefficientPoly(MANY);

        new CenteredBinomial().sample(new AesCtrStream(new byte[AesCtrStream.KEY]), noise, Kernels.scalar());

        int[] values = values(noise);
        assertThat(Arrays.stream(values).min().orElseThrow()).isBetween(-21, -10);
        assertThat(Arrays.stream(values).max().orElseThrow()).isBetween(10, 21);
        assertThat(Arrays.stream(values).average().orElseThrow()).isCloseTo(0, within(0.1));
        double variance = Arrays.stream(values).mapToDouble(x -> x * x).average().orElseThrow();
        assertThat(variance).isCloseTo(10.5, within(0.5));
        double neighbours = IntStream.range(1, MANY).mapToDouble(i -> values[i] * values[i - 1]).average().orElseThrow();
        assertThat(neighbours).isCloseTo(0, within(0.4));
    }

    @Test
    void noiseFollowsTheBinomialDistribution() {
        CoefficientPoly noise = new CoefficientPoly(MANY);

        new CenteredBinomial().sample(new AesCtrStream(new byte[AesCtrStream.KEY]), noise, Kernels.scalar());

        double probability = Math.scalb(1, -42);
        double chiSquare = 0;
        // P(e = k) is binomial(42, 21 + k) / 2^42; the thin tails are left to the bounds.
        for (int ones = 0; ones <= 42; ones++) {
            int value = ones - 21;
            if (Math.abs(value) <= 10) {
                double expected = probability * MANY;
                long found = Arrays.stream(values(noise)).filter(x -> x == value).count();
                chiSquare += (found - expected) * (found - expected) / expected;
            }
            probability = probability * (42 - ones) / (ones + 1);
        }
        // 21 cells: beyond 60 honest noise comes once in 100000 times; the stream here is a fixed one.
        assertThat(chiSquare).isLessThan(60);
    }

    @Test
    void secretsAreTernaryAndBalanced() {
        CoefficientPoly secret = new CoefficientPoly(MANY);

        TernarySampler.sample(new AesCtrStream(new byte[AesCtrStream.KEY]), secret);

        for (int value = -1; value <= 1; value++) {
            int wanted = value;
            long count = Arrays.stream(values(secret)).filter(x -> x == wanted).count();
            assertThat((double) count / MANY).isCloseTo(1 / 3.0, within(0.01));
        }
        assertThat(Arrays.stream(values(secret)).distinct().count()).isEqualTo(3);
    }

    @Test
    void residuesAreUniformFromThePlatformsGeneratorToo() {
        Ring ring = new Ring(MANY, new long[] {1152921504597016577L, 786433});
        NttPoly target = ring.allocate();

        new UniformSampler().sample(new AesCtrStream(new byte[AesCtrStream.KEY]), ring, target);

        for (int prime = 0; prime < 2; prime++) {
            double q = ring.modulus(prime).value();
            assertThat(Arrays.stream(target.row(prime)).allMatch(x -> x >= 0 && x < q)).isTrue();
            double[] unit = Arrays.stream(target.row(prime)).mapToDouble(x -> x / q).toArray();
            assertThat(Arrays.stream(unit).average().orElseThrow()).isCloseTo(0.5, within(0.01));
            assertThat(Arrays.stream(unit).map(x -> x * x).average().orElseThrow()).isCloseTo(1 / 3.0, within(0.01));
        }
    }

    private static Ring ring(JsonNode set) {
        return new Ring(set.get("N").asInt(), Vectors.longs(set.get("primes")));
    }

    private static long[] allRows(NttPoly polynomial) {
        return IntStream.range(0, polynomial.rowCount())
                .boxed()
                .flatMapToLong(row -> LongStream.of(polynomial.row(row)))
                .toArray();
    }

    private static int[] values(CoefficientPoly polynomial) {
        byte[] bytes = polynomial.coefficients();
        return IntStream.range(0, bytes.length).map(i -> bytes[i]).toArray();
    }

    private static final class FixedWords implements ByteStream {
        private final ByteBuffer bytes;

        FixedWords(long... words) {
            bytes = ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asLongBuffer().put(words);
        }

        @Override
        public void read(byte[] target, int offset, int length) {
            bytes.get(target, offset, length);
        }

        @Override
        public void close() {}
    }
}
