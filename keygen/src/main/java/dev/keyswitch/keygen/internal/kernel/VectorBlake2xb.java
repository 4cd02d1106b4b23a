package dev.keyswitch.keygen.internal.kernel;

import static dev.keyswitch.keygen.internal.kernel.Lanes.COLUMN0;
import static dev.keyswitch.keygen.internal.kernel.Lanes.COLUMN1;
import static dev.keyswitch.keygen.internal.kernel.Lanes.HIGH4;
import static dev.keyswitch.keygen.internal.kernel.Lanes.LANES;
import static dev.keyswitch.keygen.internal.kernel.Lanes.LONGS;
import static dev.keyswitch.keygen.internal.kernel.Lanes.LOW4;
import static dev.keyswitch.keygen.internal.kernel.Lanes.PAIR0;
import static dev.keyswitch.keygen.internal.kernel.Lanes.PAIR1;
import static jdk.incubator.vector.VectorOperators.ROR;
import static jdk.incubator.vector.VectorOperators.XOR;

import dev.keyswitch.keygen.internal.hash.Blake2b;
import dev.keyswitch.keygen.internal.hash.Blake2xb;
import jdk.incubator.vector.LongVector;

/// BLAKE2b for eight inputs at a time, one in each lane. Nodes share their block and differ in one word of the state, their number; roots
/// share the state and differ in one word of the block, their counter.
final class VectorBlake2xb {
    private static final LongVector NUMBERS = LongVector.broadcast(LONGS, 0).addIndex(1);
    private static final long[] INITIAL = Blake2b.initialState(0, 0, 0);
    private static final long[] ORDER = Blake2b.scheduleOrder();
    private static final long[] NODE = Blake2xb.nodeState();

    private VectorBlake2xb() {}

    /// Lays out the block that nodes take in: a root, and eight words of zeros, which come from the second of two vectors.
    static void schedule(long[] roots, int from, long[] schedule) {
        LongVector root = LongVector.fromArray(LONGS, roots, from);
        LongVector zeros = LongVector.broadcast(LONGS, 0);
        for (int i = 0; i < Blake2b.SCHEDULE_WORDS; i += LANES) {
            LongVector.fromArray(LONGS, ORDER, i).selectFrom(root, zeros).intoArray(schedule, i);
        }
    }

    /// Lays out the block of eight roots: their counters, and nothing else.
    static void counters(long first, long[] schedule) {
        LongVector counters = NUMBERS.add(first);
        LongVector zeros = LongVector.broadcast(LONGS, 0);
        for (int i = 0; i < Blake2b.SCHEDULE_WORDS; i++) {
            (ORDER[i] == 0 ? counters : zeros).intoArray(schedule, i * LANES);
        }
    }

    /// Eight consecutive nodes.
    ///
    /// @param schedule of the root
    static void nodes(long[] schedule, long node, long[] target, int offset) {
        LongVector h1 = NUMBERS.add(node).lanewise(XOR, NODE[1]);
        LongVector v0 = LongVector.broadcast(LONGS, NODE[0]), v1 = h1;
        LongVector v2 = LongVector.broadcast(LONGS, NODE[2]), v3 = LongVector.broadcast(LONGS, NODE[3]);
        LongVector v4 = LongVector.broadcast(LONGS, NODE[4]), v5 = LongVector.broadcast(LONGS, NODE[5]);
        LongVector v6 = LongVector.broadcast(LONGS, NODE[6]), v7 = LongVector.broadcast(LONGS, NODE[7]);
        LongVector v8 = LongVector.broadcast(LONGS, INITIAL[0]), v9 = LongVector.broadcast(LONGS, INITIAL[1]);
        LongVector v10 = LongVector.broadcast(LONGS, INITIAL[2]), v11 = LongVector.broadcast(LONGS, INITIAL[3]);
        LongVector v12 = LongVector.broadcast(LONGS, INITIAL[4] ^ Blake2xb.NODE), v13 = LongVector.broadcast(LONGS, INITIAL[5]);
        LongVector v14 = LongVector.broadcast(LONGS, ~INITIAL[6]), v15 = LongVector.broadcast(LONGS, INITIAL[7]);
        for (int i = 0; i < Blake2b.SCHEDULE_WORDS; i += Blake2b.BLOCK_WORDS) {
            v0 = v0.add(schedule[i]).add(v4);
            v1 = v1.add(schedule[i + 2]).add(v5);
            v2 = v2.add(schedule[i + 4]).add(v6);
            v3 = v3.add(schedule[i + 6]).add(v7);
            v12 = v12.lanewise(XOR, v0).lanewise(ROR, 32);
            v13 = v13.lanewise(XOR, v1).lanewise(ROR, 32);
            v14 = v14.lanewise(XOR, v2).lanewise(ROR, 32);
            v15 = v15.lanewise(XOR, v3).lanewise(ROR, 32);
            v8 = v8.add(v12);
            v9 = v9.add(v13);
            v10 = v10.add(v14);
            v11 = v11.add(v15);
            v4 = v4.lanewise(XOR, v8).lanewise(ROR, 24);
            v5 = v5.lanewise(XOR, v9).lanewise(ROR, 24);
            v6 = v6.lanewise(XOR, v10).lanewise(ROR, 24);
            v7 = v7.lanewise(XOR, v11).lanewise(ROR, 24);
            v0 = v0.add(schedule[i + 1]).add(v4);
            v1 = v1.add(schedule[i + 3]).add(v5);
            v2 = v2.add(schedule[i + 5]).add(v6);
            v3 = v3.add(schedule[i + 7]).add(v7);
            v12 = v12.lanewise(XOR, v0).lanewise(ROR, 16);
            v13 = v13.lanewise(XOR, v1).lanewise(ROR, 16);
            v14 = v14.lanewise(XOR, v2).lanewise(ROR, 16);
            v15 = v15.lanewise(XOR, v3).lanewise(ROR, 16);
            v8 = v8.add(v12);
            v9 = v9.add(v13);
            v10 = v10.add(v14);
            v11 = v11.add(v15);
            v4 = v4.lanewise(XOR, v8).lanewise(ROR, 63);
            v5 = v5.lanewise(XOR, v9).lanewise(ROR, 63);
            v6 = v6.lanewise(XOR, v10).lanewise(ROR, 63);
            v7 = v7.lanewise(XOR, v11).lanewise(ROR, 63);

            v0 = v0.add(schedule[i + 8]).add(v5);
            v1 = v1.add(schedule[i + 10]).add(v6);
            v2 = v2.add(schedule[i + 12]).add(v7);
            v3 = v3.add(schedule[i + 14]).add(v4);
            v15 = v15.lanewise(XOR, v0).lanewise(ROR, 32);
            v12 = v12.lanewise(XOR, v1).lanewise(ROR, 32);
            v13 = v13.lanewise(XOR, v2).lanewise(ROR, 32);
            v14 = v14.lanewise(XOR, v3).lanewise(ROR, 32);
            v10 = v10.add(v15);
            v11 = v11.add(v12);
            v8 = v8.add(v13);
            v9 = v9.add(v14);
            v5 = v5.lanewise(XOR, v10).lanewise(ROR, 24);
            v6 = v6.lanewise(XOR, v11).lanewise(ROR, 24);
            v7 = v7.lanewise(XOR, v8).lanewise(ROR, 24);
            v4 = v4.lanewise(XOR, v9).lanewise(ROR, 24);
            v0 = v0.add(schedule[i + 9]).add(v5);
            v1 = v1.add(schedule[i + 11]).add(v6);
            v2 = v2.add(schedule[i + 13]).add(v7);
            v3 = v3.add(schedule[i + 15]).add(v4);
            v15 = v15.lanewise(XOR, v0).lanewise(ROR, 16);
            v12 = v12.lanewise(XOR, v1).lanewise(ROR, 16);
            v13 = v13.lanewise(XOR, v2).lanewise(ROR, 16);
            v14 = v14.lanewise(XOR, v3).lanewise(ROR, 16);
            v10 = v10.add(v15);
            v11 = v11.add(v12);
            v8 = v8.add(v13);
            v9 = v9.add(v14);
            v5 = v5.lanewise(XOR, v10).lanewise(ROR, 63);
            v6 = v6.lanewise(XOR, v11).lanewise(ROR, 63);
            v7 = v7.lanewise(XOR, v8).lanewise(ROR, 63);
            v4 = v4.lanewise(XOR, v9).lanewise(ROR, 63);
        }
        v0 = v0.lanewise(XOR, v8).lanewise(XOR, NODE[0]);
        v1 = v1.lanewise(XOR, v9).lanewise(XOR, h1);
        v2 = v2.lanewise(XOR, v10).lanewise(XOR, NODE[2]);
        v3 = v3.lanewise(XOR, v11).lanewise(XOR, NODE[3]);
        v4 = v4.lanewise(XOR, v12).lanewise(XOR, NODE[4]);
        v5 = v5.lanewise(XOR, v13).lanewise(XOR, NODE[5]);
        v6 = v6.lanewise(XOR, v14).lanewise(XOR, NODE[6]);
        v7 = v7.lanewise(XOR, v15).lanewise(XOR, NODE[7]);

        // Lane l of word w becomes word w of node l.
        v8 = COLUMN0.selectFrom(v0, v1);
        v9 = COLUMN1.selectFrom(v0, v1);
        v10 = COLUMN0.selectFrom(v2, v3);
        v11 = COLUMN1.selectFrom(v2, v3);
        v12 = COLUMN0.selectFrom(v4, v5);
        v13 = COLUMN1.selectFrom(v4, v5);
        v14 = COLUMN0.selectFrom(v6, v7);
        v15 = COLUMN1.selectFrom(v6, v7);
        v0 = PAIR0.selectFrom(v8, v10);
        v1 = PAIR0.selectFrom(v9, v11);
        v2 = PAIR1.selectFrom(v8, v10);
        v3 = PAIR1.selectFrom(v9, v11);
        v4 = PAIR0.selectFrom(v12, v14);
        v5 = PAIR0.selectFrom(v13, v15);
        v6 = PAIR1.selectFrom(v12, v14);
        v7 = PAIR1.selectFrom(v13, v15);
        LOW4.selectFrom(v0, v4).intoArray(target, offset);
        LOW4.selectFrom(v1, v5).intoArray(target, offset + LANES);
        LOW4.selectFrom(v2, v6).intoArray(target, offset + 2 * LANES);
        LOW4.selectFrom(v3, v7).intoArray(target, offset + 3 * LANES);
        HIGH4.selectFrom(v0, v4).intoArray(target, offset + 4 * LANES);
        HIGH4.selectFrom(v1, v5).intoArray(target, offset + 5 * LANES);
        HIGH4.selectFrom(v2, v6).intoArray(target, offset + 6 * LANES);
        HIGH4.selectFrom(v3, v7).intoArray(target, offset + 7 * LANES);
    }

    /// Eight consecutive roots, one in each lane of eight words.
    ///
    /// @param chain state after the seed
    /// @param schedule eight entries, one for each lane, in the place of one
    static void roots(long[] chain, long[] schedule, long[] target) {
        LongVector v0 = LongVector.broadcast(LONGS, chain[0]), v1 = LongVector.broadcast(LONGS, chain[1]);
        LongVector v2 = LongVector.broadcast(LONGS, chain[2]), v3 = LongVector.broadcast(LONGS, chain[3]);
        LongVector v4 = LongVector.broadcast(LONGS, chain[4]), v5 = LongVector.broadcast(LONGS, chain[5]);
        LongVector v6 = LongVector.broadcast(LONGS, chain[6]), v7 = LongVector.broadcast(LONGS, chain[7]);
        LongVector v8 = LongVector.broadcast(LONGS, INITIAL[0]), v9 = LongVector.broadcast(LONGS, INITIAL[1]);
        LongVector v10 = LongVector.broadcast(LONGS, INITIAL[2]), v11 = LongVector.broadcast(LONGS, INITIAL[3]);
        LongVector v12 = LongVector.broadcast(LONGS, INITIAL[4] ^ Blake2xb.ROOT_COUNT);
        LongVector v13 = LongVector.broadcast(LONGS, INITIAL[5]);
        LongVector v14 = LongVector.broadcast(LONGS, ~INITIAL[6]), v15 = LongVector.broadcast(LONGS, INITIAL[7]);
        for (int i = 0; i < schedule.length; i += Blake2b.BLOCK_WORDS * LANES) {
            v0 = v0.add(LongVector.fromArray(LONGS, schedule, i)).add(v4);
            v1 = v1.add(LongVector.fromArray(LONGS, schedule, i + 2 * LANES)).add(v5);
            v2 = v2.add(LongVector.fromArray(LONGS, schedule, i + 4 * LANES)).add(v6);
            v3 = v3.add(LongVector.fromArray(LONGS, schedule, i + 6 * LANES)).add(v7);
            v12 = v12.lanewise(XOR, v0).lanewise(ROR, 32);
            v13 = v13.lanewise(XOR, v1).lanewise(ROR, 32);
            v14 = v14.lanewise(XOR, v2).lanewise(ROR, 32);
            v15 = v15.lanewise(XOR, v3).lanewise(ROR, 32);
            v8 = v8.add(v12);
            v9 = v9.add(v13);
            v10 = v10.add(v14);
            v11 = v11.add(v15);
            v4 = v4.lanewise(XOR, v8).lanewise(ROR, 24);
            v5 = v5.lanewise(XOR, v9).lanewise(ROR, 24);
            v6 = v6.lanewise(XOR, v10).lanewise(ROR, 24);
            v7 = v7.lanewise(XOR, v11).lanewise(ROR, 24);
            v0 = v0.add(LongVector.fromArray(LONGS, schedule, i + 1 * LANES)).add(v4);
            v1 = v1.add(LongVector.fromArray(LONGS, schedule, i + 3 * LANES)).add(v5);
            v2 = v2.add(LongVector.fromArray(LONGS, schedule, i + 5 * LANES)).add(v6);
            v3 = v3.add(LongVector.fromArray(LONGS, schedule, i + 7 * LANES)).add(v7);
            v12 = v12.lanewise(XOR, v0).lanewise(ROR, 16);
            v13 = v13.lanewise(XOR, v1).lanewise(ROR, 16);
            v14 = v14.lanewise(XOR, v2).lanewise(ROR, 16);
            v15 = v15.lanewise(XOR, v3).lanewise(ROR, 16);
            v8 = v8.add(v12);
            v9 = v9.add(v13);
            v10 = v10.add(v14);
            v11 = v11.add(v15);
            v4 = v4.lanewise(XOR, v8).lanewise(ROR, 63);
            v5 = v5.lanewise(XOR, v9).lanewise(ROR, 63);
            v6 = v6.lanewise(XOR, v10).lanewise(ROR, 63);
            v7 = v7.lanewise(XOR, v11).lanewise(ROR, 63);

            v0 = v0.add(LongVector.fromArray(LONGS, schedule, i + 8 * LANES)).add(v5);
            v1 = v1.add(LongVector.fromArray(LONGS, schedule, i + 10 * LANES)).add(v6);
            v2 = v2.add(LongVector.fromArray(LONGS, schedule, i + 12 * LANES)).add(v7);
            v3 = v3.add(LongVector.fromArray(LONGS, schedule, i + 14 * LANES)).add(v4);
            v15 = v15.lanewise(XOR, v0).lanewise(ROR, 32);
            v12 = v12.lanewise(XOR, v1).lanewise(ROR, 32);
            v13 = v13.lanewise(XOR, v2).lanewise(ROR, 32);
            v14 = v14.lanewise(XOR, v3).lanewise(ROR, 32);
            v10 = v10.add(v15);
            v11 = v11.add(v12);
            v8 = v8.add(v13);
            v9 = v9.add(v14);
            v5 = v5.lanewise(XOR, v10).lanewise(ROR, 24);
            v6 = v6.lanewise(XOR, v11).lanewise(ROR, 24);
            v7 = v7.lanewise(XOR, v8).lanewise(ROR, 24);
            v4 = v4.lanewise(XOR, v9).lanewise(ROR, 24);
            v0 = v0.add(LongVector.fromArray(LONGS, schedule, i + 9 * LANES)).add(v5);
            v1 = v1.add(LongVector.fromArray(LONGS, schedule, i + 11 * LANES)).add(v6);
            v2 = v2.add(LongVector.fromArray(LONGS, schedule, i + 13 * LANES)).add(v7);
            v3 = v3.add(LongVector.fromArray(LONGS, schedule, i + 15 * LANES)).add(v4);
            v15 = v15.lanewise(XOR, v0).lanewise(ROR, 16);
            v12 = v12.lanewise(XOR, v1).lanewise(ROR, 16);
            v13 = v13.lanewise(XOR, v2).lanewise(ROR, 16);
            v14 = v14.lanewise(XOR, v3).lanewise(ROR, 16);
            v10 = v10.add(v15);
            v11 = v11.add(v12);
            v8 = v8.add(v13);
            v9 = v9.add(v14);
            v5 = v5.lanewise(XOR, v10).lanewise(ROR, 63);
            v6 = v6.lanewise(XOR, v11).lanewise(ROR, 63);
            v7 = v7.lanewise(XOR, v8).lanewise(ROR, 63);
            v4 = v4.lanewise(XOR, v9).lanewise(ROR, 63);
        }
        v0 = v0.lanewise(XOR, v8).lanewise(XOR, chain[0]);
        v1 = v1.lanewise(XOR, v9).lanewise(XOR, chain[1]);
        v2 = v2.lanewise(XOR, v10).lanewise(XOR, chain[2]);
        v3 = v3.lanewise(XOR, v11).lanewise(XOR, chain[3]);
        v4 = v4.lanewise(XOR, v12).lanewise(XOR, chain[4]);
        v5 = v5.lanewise(XOR, v13).lanewise(XOR, chain[5]);
        v6 = v6.lanewise(XOR, v14).lanewise(XOR, chain[6]);
        v7 = v7.lanewise(XOR, v15).lanewise(XOR, chain[7]);

        // Lane l of word w becomes word w of root l.
        v8 = COLUMN0.selectFrom(v0, v1);
        v9 = COLUMN1.selectFrom(v0, v1);
        v10 = COLUMN0.selectFrom(v2, v3);
        v11 = COLUMN1.selectFrom(v2, v3);
        v12 = COLUMN0.selectFrom(v4, v5);
        v13 = COLUMN1.selectFrom(v4, v5);
        v14 = COLUMN0.selectFrom(v6, v7);
        v15 = COLUMN1.selectFrom(v6, v7);
        v0 = PAIR0.selectFrom(v8, v10);
        v1 = PAIR0.selectFrom(v9, v11);
        v2 = PAIR1.selectFrom(v8, v10);
        v3 = PAIR1.selectFrom(v9, v11);
        v4 = PAIR0.selectFrom(v12, v14);
        v5 = PAIR0.selectFrom(v13, v15);
        v6 = PAIR1.selectFrom(v12, v14);
        v7 = PAIR1.selectFrom(v13, v15);
        LOW4.selectFrom(v0, v4).intoArray(target, 0);
        LOW4.selectFrom(v1, v5).intoArray(target, LANES);
        LOW4.selectFrom(v2, v6).intoArray(target, 2 * LANES);
        LOW4.selectFrom(v3, v7).intoArray(target, 3 * LANES);
        HIGH4.selectFrom(v0, v4).intoArray(target, 4 * LANES);
        HIGH4.selectFrom(v1, v5).intoArray(target, 5 * LANES);
        HIGH4.selectFrom(v2, v6).intoArray(target, 6 * LANES);
        HIGH4.selectFrom(v3, v7).intoArray(target, 7 * LANES);
    }
}
