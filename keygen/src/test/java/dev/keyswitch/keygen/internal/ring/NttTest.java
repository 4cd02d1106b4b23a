package dev.keyswitch.keygen.internal.ring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.keygen.Vectors;
import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class NttTest {
    private final RingKernel kernel = new ScalarKernel();

    static Stream<JsonNode> vectors() {
        return Vectors.each(Vectors.read("ntt.json"));
    }

    static Stream<JsonNode> roots() {
        JsonNode file = Vectors.read("primes_roots.json");
        return Stream.concat(
                Vectors.each(file.get("coeff_modulus_create")), Vectors.each(file.get("bfv_default")));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void transformsAsSealDoes(JsonNode vector) {
        NttTable table = table(vector.get("q").asLong(), vector.get("N").asInt());
        long[] row = Vectors.longs(vector.get("in"));

        forward(row, table);

        assertThat(table.root()).isEqualTo(vector.get("root").asLong());
        assertThat(row).containsExactly(Vectors.longs(vector.get("out")));
        kernel.inverse(row, table);
        assertThat(row).containsExactly(Vectors.longs(vector.get("in")));
    }

    @ParameterizedTest
    @MethodSource("roots")
    void findsTheSmallestRootAsSealDoes(JsonNode set) {
        long[] primes = Vectors.longs(set.get("primes"));
        long[] expected = Vectors.longs(set.get("min_primitive_2N_root"));
        for (int i = 0; i < primes.length; i++) {
            assertThat(table(primes[i], set.get("N").asInt()).root()).isEqualTo(expected[i]);
        }
    }

    /// Odd and even numbers of layers, down to the smallest ring, at the largest primes.
    @ParameterizedTest
    @CsvSource({
        "2, 97", "4, 97", "8, 97", "16, 97", "32, 1099511626049", "64, 1091523317970534401", "128, 1152921504606830593",
        "256, 1152921504606830593", "512, 1152921504606830593"
    })
    void multipliesModuloXToTheNPlusOne(int degree, long prime) {
        NttTable table = table(prime, degree);
        Random random = new Random(degree);
        long[] a = random.longs(degree, 0, prime).toArray();
        long[] b = random.longs(degree, 0, prime).toArray();
        a[0] = prime - 1;
        b[degree - 1] = prime - 1;
        long[] expected = slowProduct(a, b, prime);

        forward(a, table);
        forward(b, table);
        for (int i = 0; i < degree; i++) {
            a[i] = table.modulus().multiply(a[i], b[i]);
        }
        kernel.inverse(a, table);

        assertThat(a).containsExactly(expected);
    }

    /// The transform by its definition: value k is the polynomial at the odd power 2·reverse(k)+1 of the root.
    @ParameterizedTest
    @CsvSource({"2, 97", "8, 97", "16, 97", "64, 1091523317970534401", "128, 1152921504606830593"})
    void evaluatesAtTheOddPowersOfTheRoot(int degree, long prime) {
        NttTable table = table(prime, degree);
        long[] row = new Random(degree).longs(degree, 0, prime).toArray();
        long[] expected = slowTransform(row, table.root(), prime);

        forward(row, table);

        assertThat(row).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({"4096, 137438822401", "8192, 1152921504606830593", "16384, 1152921504606748673"})
    void staysBelowFourTimesTheModulusEvenFromTheTopOfItsRange(int degree, long prime) {
        NttTable table = table(prime, degree);
        long[] row = new Random(degree).longs(degree, 3 * prime, 4 * prime).toArray();
        long[] reduced = row.clone();
        for (int i = 0; i < degree; i++) {
            reduced[i] %= prime;
        }

        kernel.forward(row, table);

        for (long value : row) {
            assertThat(value).isBetween(0L, 4 * prime - 1);
        }
        kernel.reduce(row, table.modulus());
        forward(reduced, table);
        assertThat(row).containsExactly(reduced);
    }

    private static NttTable table(long prime, int degree) {
        return new NttTable(new Modulus(prime), degree);
    }

    private void forward(long[] row, NttTable table) {
        kernel.forward(row, table);
        kernel.reduce(row, table.modulus());
    }

    private static long[] slowProduct(long[] a, long[] b, long prime) {
        int degree = a.length;
        BigInteger[] product = new BigInteger[degree];
        Arrays.fill(product, BigInteger.ZERO);
        for (int i = 0; i < degree; i++) {
            for (int j = 0; j < degree; j++) {
                BigInteger term = BigInteger.valueOf(a[i]).multiply(BigInteger.valueOf(b[j]));
                int power = (i + j) % degree;
                product[power] = i + j < degree ? product[power].add(term) : product[power].subtract(term);
            }
        }
        return Stream.of(product).mapToLong(sum -> sum.mod(BigInteger.valueOf(prime)).longValueExact()).toArray();
    }

    private static long[] slowTransform(long[] coefficients, long root, long prime) {
        int degree = coefficients.length;
        int shift = Integer.SIZE - Integer.numberOfTrailingZeros(degree);
        BigInteger modulus = BigInteger.valueOf(prime);
        long[] values = new long[degree];
        for (int k = 0; k < degree; k++) {
            int exponent = 2 * (Integer.reverse(k) >>> shift) + 1;
            BigInteger x = BigInteger.valueOf(root).modPow(BigInteger.valueOf(exponent), modulus);
            BigInteger sum = BigInteger.ZERO;
            for (int i = degree - 1; i >= 0; i--) {
                sum = sum.multiply(x).add(BigInteger.valueOf(coefficients[i])).mod(modulus);
            }
            values[k] = sum.longValueExact();
        }
        return values;
    }
}
