package dev.keyswitch.keygen.internal.ring;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;

/// Powers of the root of unity for a transform on words, eight lanes wide.
///
/// @param first weights of the first layers
/// @param values as in [NttTable.Powers]; so are the companions
/// @param lanes of the last three layers, in the order of [LaneOrder]
public record WidePowers(
        long modulus, Weights first, long[] values, long[] companions, long[] lanes, long[] laneCompanions) {

    /// @param values in the order of [FirstLayers]
    /// @param quotients each divided by the modulus, between −1/2 and 1/2
    public record Weights(long[] values, double[] quotients) {
        static Weights of(long[] weights, long modulus) {
            double[] quotients = new double[weights.length];
            for (int i = 0; i < weights.length; i++) {
                quotients[i] = (double) FirstLayers.centred(weights[i], modulus) / modulus;
            }
            return new Weights(centred(weights, modulus), quotients);
        }

        private static long[] centred(long[] weights, long modulus) {
            long[] centred = weights.clone();
            for (int i = 0; i < centred.length; i++) {
                centred[i] = FirstLayers.centred(centred[i], modulus);
            }
            return centred;
        }
    }

    static WidePowers of(Modulus modulus, NttTable.Powers powers) {
        return new WidePowers(
                modulus.value(),
                Weights.of(FirstLayers.weights(modulus, powers.values(), 1), modulus.value()),
                powers.values(),
                powers.companions(),
                LaneOrder.arrange(powers.values()),
                LaneOrder.arrange(powers.companions()));
    }
}
