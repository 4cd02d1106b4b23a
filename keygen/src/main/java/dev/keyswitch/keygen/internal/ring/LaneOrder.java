package dev.keyswitch.keygen.internal.ring;

/// In the last three layers of a transform the partners stand in one vector of eight. Two neighbouring vectors are then taken apart into
/// one of left and one of right partners; this is the order in which those need their powers: for each pair of vectors, eight for each of
/// the three layers.
final class LaneOrder {
    static final int LANES = 8;

    /// Which blocks of the pair the eight lanes belong to, layer by layer: two blocks of eight, four of four, eight of two.
    private static final int[][] BLOCKS = {{0, 0, 0, 0, 1, 1, 1, 1}, {0, 0, 2, 2, 1, 1, 3, 3}, {0, 1, 2, 3, 4, 5, 6, 7}};

    private LaneOrder() {}

    static long[] arrange(long[] powers) {
        int pairs = powers.length / (2 * LANES);
        long[] lanes = new long[pairs * BLOCKS.length * LANES];
        int next = 0;
        for (int pair = 0; pair < pairs; pair++) {
            for (int layer = 0; layer < BLOCKS.length; layer++) {
                int blocks = powers.length / LANES << layer;
                for (int block : BLOCKS[layer]) {
                    lanes[next++] = powers[blocks + (pair << layer + 1) + block];
                }
            }
        }
        return lanes;
    }
}
