package dev.keyswitch.keygen.internal.kernel;

import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/// Vectors of eight words, and the orders in which two of them are mixed: 0 to 7 are the lanes of the first, 8 to 15 those of the second.
final class Lanes {
    static final VectorSpecies<Long> LONGS = LongVector.SPECIES_512;
    static final VectorSpecies<Double> REALS = DoubleVector.SPECIES_512;
    static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_64;
    static final int LANES = 8;
    /// The lower half of each word.
    static final LongVector LOW = LongVector.broadcast(LONGS, 0xFFFFFFFFL);

    /// Halves, quarters in pairs, and every other one: left and right partners of the last three layers, each from the order before it.
    static final LongVector LOW4 = order(0, 1, 2, 3, 8, 9, 10, 11);
    static final LongVector HIGH4 = order(4, 5, 6, 7, 12, 13, 14, 15);
    static final LongVector LOW2 = order(0, 1, 4, 5, 8, 9, 12, 13);
    static final LongVector HIGH2 = order(2, 3, 6, 7, 10, 11, 14, 15);
    static final LongVector EVEN = order(0, 8, 4, 12, 2, 10, 6, 14);
    static final LongVector ODD = order(1, 9, 5, 13, 3, 11, 7, 15);
    /// Back to the order of memory.
    static final LongVector FIRST = order(0, 8, 1, 9, 2, 10, 3, 11);
    static final LongVector SECOND = order(4, 12, 5, 13, 6, 14, 7, 15);

    /// The order in which powers of the last three layers but one, and but two, are needed: for the first pair of vectors, and for the second.
    static final LongVector FOURS0 = order(0, 0, 0, 0, 1, 1, 1, 1);
    static final LongVector FOURS1 = order(2, 2, 2, 2, 3, 3, 3, 3);
    static final LongVector TWOS0 = order(0, 0, 2, 2, 1, 1, 3, 3);
    static final LongVector TWOS1 = order(4, 4, 6, 6, 5, 5, 7, 7);

    /// Eight groups of six bytes out of six words: in which words they begin and go on (8 for a zero), and by how many bits the two are moved.
    static final LongVector GROUP_STARTS = order(0, 0, 1, 2, 3, 3, 4, 5);
    static final LongVector GROUP_ENDS = order(8, 1, 2, 8, 8, 4, 5, 8);
    static final LongVector GROUP_DOWN = order(0, 48, 32, 16, 0, 48, 32, 16);
    static final LongVector GROUP_UP = order(0, 16, 32, 0, 0, 16, 32, 0);

    /// Transposition: columns of ones, then of twos; of fours are [#LOW4] and [#HIGH4].
    static final LongVector COLUMN0 = order(0, 8, 2, 10, 4, 12, 6, 14);
    static final LongVector COLUMN1 = order(1, 9, 3, 11, 5, 13, 7, 15);
    static final LongVector PAIR0 = order(0, 1, 8, 9, 4, 5, 12, 13);
    static final LongVector PAIR1 = order(2, 3, 10, 11, 6, 7, 14, 15);

    private Lanes() {}

    /// Whether the processor works on so many lanes at a time, on its own words.
    static boolean arePreferred() {
        return LongVector.SPECIES_PREFERRED.length() >= LANES && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }

    private static LongVector order(long... lanes) {
        return LongVector.fromArray(LONGS, lanes, 0);
    }
}
