package dev.keyswitch.keygen.internal.ring;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Which automorphism X → X^g does which rotation. The slots form two rows of half the degree; 3 generates the rotations along them.
public final class GaloisElements {
    private static final int GENERATOR = 3;

    private GaloisElements() {}

    /// The element of one rotation step; `step` lies strictly between minus and plus half the degree, and 0 swaps the rows.
    public static int ofStep(int degree, int step) {
        int order = 2 * degree;
        if (step == 0) {
            return order - 1;
        }
        return power(GENERATOR, step > 0 ? step : degree / 2 + step, order - 1);
    }

    /// The elements of the given steps, ascending, each once.
    public static int[] ofSteps(int degree, int... steps) {
        return Arrays.stream(steps).map(step -> ofStep(degree, step)).sorted().distinct().toArray();
    }

    /// SEAL's default: the swap and all powers of two in both directions, ascending, each once.
    public static int[] defaultSet(int degree) {
        int log = Integer.numberOfTrailingZeros(degree);
        // The largest power reaches the same slot in both directions.
        IntStream steps = IntStream.range(0, log - 1).flatMap(k -> IntStream.of(1 << k, -(1 << k)));
        return ofSteps(degree, IntStream.concat(IntStream.of(0), steps).toArray());
    }

    /// base^exponent modulo a power of two given by its mask.
    private static int power(int base, int exponent, int mask) {
        int result = 1;
        int square = base;
        for (int rest = exponent; rest != 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                result = result * square & mask;
            }
            square = square * square & mask;
        }
        return result;
    }

    /// Where SEAL's list of rotation keys has the key of an element.
    public static int slot(int element) {
        return (element - 1) / 2;
    }

    /// Where the automorphism takes each residue of a row in NTT form: `image[i] = row[permutation[i]]`.
    public static int[] permutation(int degree, int element) {
        int shift = Integer.SIZE - Integer.numberOfTrailingZeros(degree);
        int[] permutation = new int[degree];
        for (int i = 0; i < degree; i++) {
            // Residue i is the value at the odd power 2·reverse(i)+1 of the root.
            int exponent = 2 * (Integer.reverse(i) >>> shift) + 1;
            int image = (element * exponent >>> 1) & (degree - 1);
            permutation[i] = Integer.reverse(image) >>> shift;
        }
        return permutation;
    }
}
