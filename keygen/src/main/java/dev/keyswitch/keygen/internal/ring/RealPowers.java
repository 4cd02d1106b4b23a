package dev.keyswitch.keygen.internal.ring;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Powers of the root of unity for a transform in double precision, eight lanes wide: integers between −q/2 and q/2.
///
/// @param modulus below 2^46
/// @param inverse of the modulus, rounded
/// @param first weights of the first layers, in the order of [FirstLayers]
/// @param values of all layers but the last two, in the order of [NttTable.Powers], and a vector of surplus
/// @param evens every other one of the last layer
public record RealPowers(double modulus, double inverse, double[] first, double[] values, double[] evens) {

    static RealPowers of(Modulus modulus, long[] powers) {
        long q = modulus.value();
        double[] values = reals(Arrays.copyOf(powers, powers.length / 4 + LaneOrder.LANES), q);
        double[] evens = reals(IntStream.range(0, powers.length / 4).mapToLong(i -> powers[powers.length / 2 + 2 * i]), q);
        return new RealPowers(q, 1.0 / q, reals(FirstLayers.weights(modulus, powers, 1), q), values, evens);
    }

    static double[] reals(long[] residues, long modulus) {
        return reals(Arrays.stream(residues), modulus);
    }

    private static double[] reals(LongStream residues, long modulus) {
        return residues.mapToDouble(residue -> FirstLayers.centred(residue, modulus)).toArray();
    }
}
