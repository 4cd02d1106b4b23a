package dev.keyswitch.keygen.internal.ring;

/// Powers of the root of unity for a transform on words, eight lanes wide.
///
/// @param values as in [NttTable.Powers]; so are the companions
/// @param lanes of the last three layers, in the order of [LaneOrder]
public record WidePowers(long modulus, long[] values, long[] companions, long[] lanes, long[] laneCompanions) {

    static WidePowers of(long modulus, NttTable.Powers powers) {
        return new WidePowers(
                modulus,
                powers.values(),
                powers.companions(),
                LaneOrder.arrange(powers.values()),
                LaneOrder.arrange(powers.companions()));
    }
}
