package dev.keyswitch.keygen.internal.ring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyswitch.keygen.Vectors;
import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GaloisElementsTest {

    static Stream<JsonNode> sets() {
        return Vectors.each(Vectors.read("galois.json")).filter(set -> set.has("step_to_elt"));
    }

    @ParameterizedTest
    @MethodSource("sets")
    void findsTheElementOfEachStepAsSealDoes(JsonNode set) {
        set.get("step_to_elt").properties().forEach(entry -> {
            int element = GaloisElements.ofStep(set.get("N").asInt(), Integer.parseInt(entry.getKey()));
            assertThat(element).as("step %s", entry.getKey()).isEqualTo(entry.getValue().asInt());
        });
    }

    @ParameterizedTest
    @MethodSource("sets")
    void hasSealsDefaultSet(JsonNode set) {
        int[] expected = Arrays.stream(Vectors.ints(set.get("default_all"))).sorted().distinct().toArray();

        assertThat(GaloisElements.defaultSet(set.get("N").asInt())).containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({"4096, 22", "8192, 24", "16384, 26", "32768, 28"})
    void hasTwoKeysPerPowerOfTwo(int degree, int keys) {
        assertThat(GaloisElements.defaultSet(degree)).hasSize(keys);
    }

    @Test
    void permutesAsSealDoes() {
        JsonNode set = Vectors.each(Vectors.read("galois.json"))
                .filter(node -> node.has("ntt_permutations"))
                .findFirst()
                .orElseThrow();
        assertThat(set.get("ntt_permutations")).isNotEmpty();
        set.get("ntt_permutations").properties().forEach(entry -> {
            int element = Integer.parseInt(entry.getKey());
            assertThat(GaloisElements.permutation(set.get("N").asInt(), element)).containsExactly(Vectors.ints(entry.getValue()));
        });
    }

    /// What a rotation means by its definition: X becomes X^g.
    @ParameterizedTest
    @CsvSource({"16, 97, 3", "16, 97, 31", "64, 1091523317970534401, 9", "128, 1152921504606830593, 255"})
    void appliesTheAutomorphismInNttForm(int degree, long prime, int element) {
        NttTable table = new NttTable(new Modulus(prime), degree);
        long[] polynomial = new Random(element).longs(degree, 0, prime).toArray();
        long[] image = new long[degree];
        for (int i = 0; i < degree; i++) {
            int power = i * element % (2 * degree);
            image[power % degree] = power < degree ? polynomial[i] : (prime - polynomial[i]) % prime;
        }
        RingKernel kernel = new ScalarKernel();
        kernel.forward(polynomial, table);
        kernel.reduce(polynomial, table.modulus());
        kernel.forward(image, table);
        kernel.reduce(image, table.modulus());

        int[] permutation = GaloisElements.permutation(degree, element);

        assertThat(Arrays.stream(permutation).mapToLong(i -> polynomial[i]).toArray()).containsExactly(image);
    }
}
