package dev.keyswitch.keygen.internal.ring;

/// Powers of the root of unity for a transform in double precision, eight lanes wide: integers between −q/2 and q/2.
///
/// @param modulus below 2^47
/// @param inverse of the modulus, rounded
/// @param values of all layers but the last three, in the order of [NttTable.Powers]
/// @param lanes of the last three layers, in the order of [LaneOrder]
public record RealPowers(double modulus, double inverse, double[] values, double[] lanes) {

    static RealPowers of(long modulus, long[] powers) {
        long[] centred = powers.clone();
        for (int i = 0; i < centred.length; i++) {
            centred[i] -= centred[i] > modulus / 2 ? modulus : 0;
        }
        double[] values = new double[Math.max(1, centred.length / LaneOrder.LANES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = centred[i];
        }
        long[] ordered = LaneOrder.arrange(centred);
        double[] lanes = new double[ordered.length];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = ordered[i];
        }
        return new RealPowers(modulus, 1.0 / modulus, values, lanes);
    }
}
