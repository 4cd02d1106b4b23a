package dev.keyswitch.keygen.internal.kernel;

import static dev.keyswitch.keygen.internal.kernel.Lanes.EVEN;
import static dev.keyswitch.keygen.internal.kernel.Lanes.FIRST;
import static dev.keyswitch.keygen.internal.kernel.Lanes.HIGH2;
import static dev.keyswitch.keygen.internal.kernel.Lanes.HIGH4;
import static dev.keyswitch.keygen.internal.kernel.Lanes.LANES;
import static dev.keyswitch.keygen.internal.kernel.Lanes.LONGS;
import static dev.keyswitch.keygen.internal.kernel.Lanes.LOW2;
import static dev.keyswitch.keygen.internal.kernel.Lanes.LOW4;
import static dev.keyswitch.keygen.internal.kernel.Lanes.ODD;
import static dev.keyswitch.keygen.internal.kernel.Lanes.REALS;
import static dev.keyswitch.keygen.internal.kernel.Lanes.SECOND;

import dev.keyswitch.keygen.internal.ring.RealPowers;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/// The transform in double precision, eight residues at a time, for moduli below 2^47. All numbers are integers and all results exact.
///
/// A butterfly needs x·w mod q for |w| ≤ q/2. With h = x·w rounded and b = h/q rounded to an integer, x·w − b·q is the sum of h − b·q and
/// x·w − h; a fused multiply-add gives each without error. What is left lies within ±q·(1/2 + ε), and ε ≤ 0.31 as long as |x| ≤ 13.2·q:
/// b is at most 6.6·q < 2^49.8, and three roundings of it lose 3·2^−53 each, relatively. So numbers that begin below q grow by at most 0.81·q
/// in each of at most 15 layers, to 13.2·q < 2^51, and need no reduction on the way.
///
/// The loops are flat: the compiler keeps vectors in registers only within one method, and gives up on helpers inside a loop this large.
/// `n` is −w; `h` and `p` are the rounded product and the reduced one.
final class RealTransform {
    /// Moduli below this.
    static final long LIMIT = 1L << 47;
    /// Added to a number below 2^51 it rounds that to an integer, which then stands in the lowest bits.
    static final double ROUND = 0x1.8p52;

    private RealTransform() {}

    /// x ← the transform of `source`, within ±13.2·q.
    ///
    /// @param source signed numbers of at most q in absolute value; 16 at least
    static void forward(long[] source, double[] x, RealPowers powers) {
        int layers = Integer.numberOfTrailingZeros(x.length / LANES);
        int blocks = 1 << (layers + 2) % 3 + 1;
        switch (blocks) {
            case 2 -> firstTwo(source, x, powers);
            case 4 -> firstFour(source, x, powers);
            default -> firstEight(source, x, powers);
        }
        for (; blocks < x.length / LANES; blocks *= 8) {
            eight(x, powers, blocks);
        }
        lanes(x, powers);
    }

    /// The first layer, from `source`.
    private static void firstTwo(long[] source, double[] x, RealPowers powers) {
        double[] w = powers.values();
        DoubleVector minusQ = DoubleVector.broadcast(REALS, -powers.modulus());
        DoubleVector inverse = DoubleVector.broadcast(REALS, powers.inverse());
        DoubleVector round = DoubleVector.broadcast(REALS, ROUND);
        int part = x.length >> 1;
        DoubleVector w1 = DoubleVector.broadcast(REALS, w[1]), n1 = w1.neg();
        for (int i = 0; i < part; i += LANES) {
            DoubleVector x0 = ((DoubleVector) LongVector.fromArray(LONGS, source, i).convert(VectorOperators.L2D, 0));
            DoubleVector x1 = ((DoubleVector) LongVector.fromArray(LONGS, source, i + part).convert(VectorOperators.L2D, 0));
            DoubleVector h, p;
            h = x1.mul(w1);
            p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x1.fma(n1, h));
            x1 = x0.sub(p);
            x0 = x0.add(p);
            x0.intoArray(x, i);
            x1.intoArray(x, i + part);
        }
    }

    /// The first two layers, from `source`.
    private static void firstFour(long[] source, double[] x, RealPowers powers) {
        double[] w = powers.values();
        DoubleVector minusQ = DoubleVector.broadcast(REALS, -powers.modulus());
        DoubleVector inverse = DoubleVector.broadcast(REALS, powers.inverse());
        DoubleVector round = DoubleVector.broadcast(REALS, ROUND);
        int part = x.length >> 2;
        DoubleVector w1 = DoubleVector.broadcast(REALS, w[1]), n1 = w1.neg();
        DoubleVector w2 = DoubleVector.broadcast(REALS, w[2]), n2 = w2.neg();
        DoubleVector w3 = DoubleVector.broadcast(REALS, w[3]), n3 = w3.neg();
        for (int i = 0; i < part; i += LANES) {
            DoubleVector x0 = ((DoubleVector) LongVector.fromArray(LONGS, source, i).convert(VectorOperators.L2D, 0));
            DoubleVector x1 = ((DoubleVector) LongVector.fromArray(LONGS, source, i + part).convert(VectorOperators.L2D, 0));
            DoubleVector x2 = ((DoubleVector) LongVector.fromArray(LONGS, source, i + 2 * part).convert(VectorOperators.L2D, 0));
            DoubleVector x3 = ((DoubleVector) LongVector.fromArray(LONGS, source, i + 3 * part).convert(VectorOperators.L2D, 0));
            DoubleVector h, p;
            h = x2.mul(w1);
            p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x2.fma(n1, h));
            x2 = x0.sub(p);
            x0 = x0.add(p);
            h = x3.mul(w1);
            p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x3.fma(n1, h));
            x3 = x1.sub(p);
            x1 = x1.add(p);
            h = x1.mul(w2);
            p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x1.fma(n2, h));
            x1 = x0.sub(p);
            x0 = x0.add(p);
            h = x3.mul(w3);
            p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x3.fma(n3, h));
            x3 = x2.sub(p);
            x2 = x2.add(p);
            x0.intoArray(x, i);
            x1.intoArray(x, i + part);
            x2.intoArray(x, i + 2 * part);
            x3.intoArray(x, i + 3 * part);
        }
    }

    /// The first three layers, from `source`.
    private static void firstEight(long[] source, double[] x, RealPowers powers) {
        double[] w = powers.values();
        DoubleVector minusQ = DoubleVector.broadcast(REALS, -powers.modulus());
        DoubleVector inverse = DoubleVector.broadcast(REALS, powers.inverse());
        DoubleVector round = DoubleVector.broadcast(REALS, ROUND);
        int part = x.length >> 3;
        DoubleVector w1 = DoubleVector.broadcast(REALS, w[1]), n1 = w1.neg();
        DoubleVector w2 = DoubleVector.broadcast(REALS, w[2]), n2 = w2.neg();
        DoubleVector w3 = DoubleVector.broadcast(REALS, w[3]), n3 = w3.neg();
        DoubleVector w4 = DoubleVector.broadcast(REALS, w[4]), n4 = w4.neg();
        DoubleVector w5 = DoubleVector.broadcast(REALS, w[5]), n5 = w5.neg();
        DoubleVector w6 = DoubleVector.broadcast(REALS, w[6]), n6 = w6.neg();
        DoubleVector w7 = DoubleVector.broadcast(REALS, w[7]), n7 = w7.neg();
        for (int i = 0; i < part; i += LANES) {
            DoubleVector x0 = ((DoubleVector) LongVector.fromArray(LONGS, source, i).convert(VectorOperators.L2D, 0));
            DoubleVector x1 = ((DoubleVector) LongVector.fromArray(LONGS, source, i + part).convert(VectorOperators.L2D, 0));
            DoubleVector x2 = ((DoubleVector) LongVector.fromArray(LONGS, source, i + 2 * part).convert(VectorOperators.L2D, 0));
            DoubleVector x3 = ((DoubleVector) LongVector.fromArray(LONGS, source, i + 3 * part).convert(VectorOperators.L2D, 0));
            DoubleVector x4 = ((DoubleVector) LongVector.fromArray(LONGS, source, i + 4 * part).convert(VectorOperators.L2D, 0));
            DoubleVector x5 = ((DoubleVector) LongVector.fromArray(LONGS, source, i + 5 * part).convert(VectorOperators.L2D, 0));
            DoubleVector x6 = ((DoubleVector) LongVector.fromArray(LONGS, source, i + 6 * part).convert(VectorOperators.L2D, 0));
            DoubleVector x7 = ((DoubleVector) LongVector.fromArray(LONGS, source, i + 7 * part).convert(VectorOperators.L2D, 0));
            DoubleVector h, p;
            h = x4.mul(w1);
            p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x4.fma(n1, h));
            x4 = x0.sub(p);
            x0 = x0.add(p);
            h = x5.mul(w1);
            p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x5.fma(n1, h));
            x5 = x1.sub(p);
            x1 = x1.add(p);
            h = x6.mul(w1);
            p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x6.fma(n1, h));
            x6 = x2.sub(p);
            x2 = x2.add(p);
            h = x7.mul(w1);
            p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x7.fma(n1, h));
            x7 = x3.sub(p);
            x3 = x3.add(p);
            h = x2.mul(w2);
            p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x2.fma(n2, h));
            x2 = x0.sub(p);
            x0 = x0.add(p);
            h = x3.mul(w2);
            p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x3.fma(n2, h));
            x3 = x1.sub(p);
            x1 = x1.add(p);
            h = x6.mul(w3);
            p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x6.fma(n3, h));
            x6 = x4.sub(p);
            x4 = x4.add(p);
            h = x7.mul(w3);
            p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x7.fma(n3, h));
            x7 = x5.sub(p);
            x5 = x5.add(p);
            h = x1.mul(w4);
            p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x1.fma(n4, h));
            x1 = x0.sub(p);
            x0 = x0.add(p);
            h = x3.mul(w5);
            p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x3.fma(n5, h));
            x3 = x2.sub(p);
            x2 = x2.add(p);
            h = x5.mul(w6);
            p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x5.fma(n6, h));
            x5 = x4.sub(p);
            x4 = x4.add(p);
            h = x7.mul(w7);
            p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x7.fma(n7, h));
            x7 = x6.sub(p);
            x6 = x6.add(p);
            x0.intoArray(x, i);
            x1.intoArray(x, i + part);
            x2.intoArray(x, i + 2 * part);
            x3.intoArray(x, i + 3 * part);
            x4.intoArray(x, i + 4 * part);
            x5.intoArray(x, i + 5 * part);
            x6.intoArray(x, i + 6 * part);
            x7.intoArray(x, i + 7 * part);
        }
    }

    /// Three layers of all blocks, each of eight parts of eight numbers at least.
    private static void eight(double[] x, RealPowers powers, int blocks) {
        double[] w = powers.values();
        DoubleVector minusQ = DoubleVector.broadcast(REALS, -powers.modulus());
        DoubleVector inverse = DoubleVector.broadcast(REALS, powers.inverse());
        DoubleVector round = DoubleVector.broadcast(REALS, ROUND);
        int part = x.length / (8 * blocks);
        for (int block = 0; block < blocks; block++) {
            int m = blocks + block;
            DoubleVector w1 = DoubleVector.broadcast(REALS, w[m]), n1 = w1.neg();
            DoubleVector w2 = DoubleVector.broadcast(REALS, w[2 * m]), n2 = w2.neg();
            DoubleVector w3 = DoubleVector.broadcast(REALS, w[2 * m + 1]), n3 = w3.neg();
            DoubleVector w4 = DoubleVector.broadcast(REALS, w[4 * m]), n4 = w4.neg();
            DoubleVector w5 = DoubleVector.broadcast(REALS, w[4 * m + 1]), n5 = w5.neg();
            DoubleVector w6 = DoubleVector.broadcast(REALS, w[4 * m + 2]), n6 = w6.neg();
            DoubleVector w7 = DoubleVector.broadcast(REALS, w[4 * m + 3]), n7 = w7.neg();
            int start = 8 * part * block;
            for (int i = start; i < start + part; i += LANES) {
                DoubleVector x0 = DoubleVector.fromArray(REALS, x, i);
                DoubleVector x1 = DoubleVector.fromArray(REALS, x, i + part);
                DoubleVector x2 = DoubleVector.fromArray(REALS, x, i + 2 * part);
                DoubleVector x3 = DoubleVector.fromArray(REALS, x, i + 3 * part);
                DoubleVector x4 = DoubleVector.fromArray(REALS, x, i + 4 * part);
                DoubleVector x5 = DoubleVector.fromArray(REALS, x, i + 5 * part);
                DoubleVector x6 = DoubleVector.fromArray(REALS, x, i + 6 * part);
                DoubleVector x7 = DoubleVector.fromArray(REALS, x, i + 7 * part);
                DoubleVector h, p;
                h = x4.mul(w1);
                p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x4.fma(n1, h));
                x4 = x0.sub(p);
                x0 = x0.add(p);
                h = x5.mul(w1);
                p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x5.fma(n1, h));
                x5 = x1.sub(p);
                x1 = x1.add(p);
                h = x6.mul(w1);
                p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x6.fma(n1, h));
                x6 = x2.sub(p);
                x2 = x2.add(p);
                h = x7.mul(w1);
                p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x7.fma(n1, h));
                x7 = x3.sub(p);
                x3 = x3.add(p);
                h = x2.mul(w2);
                p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x2.fma(n2, h));
                x2 = x0.sub(p);
                x0 = x0.add(p);
                h = x3.mul(w2);
                p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x3.fma(n2, h));
                x3 = x1.sub(p);
                x1 = x1.add(p);
                h = x6.mul(w3);
                p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x6.fma(n3, h));
                x6 = x4.sub(p);
                x4 = x4.add(p);
                h = x7.mul(w3);
                p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x7.fma(n3, h));
                x7 = x5.sub(p);
                x5 = x5.add(p);
                h = x1.mul(w4);
                p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x1.fma(n4, h));
                x1 = x0.sub(p);
                x0 = x0.add(p);
                h = x3.mul(w5);
                p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x3.fma(n5, h));
                x3 = x2.sub(p);
                x2 = x2.add(p);
                h = x5.mul(w6);
                p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x5.fma(n6, h));
                x5 = x4.sub(p);
                x4 = x4.add(p);
                h = x7.mul(w7);
                p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x7.fma(n7, h));
                x7 = x6.sub(p);
                x6 = x6.add(p);
                x0.intoArray(x, i);
                x1.intoArray(x, i + part);
                x2.intoArray(x, i + 2 * part);
                x3.intoArray(x, i + 3 * part);
                x4.intoArray(x, i + 4 * part);
                x5.intoArray(x, i + 5 * part);
                x6.intoArray(x, i + 6 * part);
                x7.intoArray(x, i + 7 * part);
            }
        }
    }

    /// The last three layers, within two neighbouring vectors.
    private static void lanes(double[] x, RealPowers powers) {
        double[] lanes = powers.lanes();
        DoubleVector minusQ = DoubleVector.broadcast(REALS, -powers.modulus());
        DoubleVector inverse = DoubleVector.broadcast(REALS, powers.inverse());
        DoubleVector round = DoubleVector.broadcast(REALS, ROUND);
        for (int i = 0, t = 0; i < x.length; i += 2 * LANES, t += 3 * LANES) {
            DoubleVector h, p, w1;
            LongVector a = DoubleVector.fromArray(REALS, x, i).reinterpretAsLongs();
            LongVector b = DoubleVector.fromArray(REALS, x, i + LANES).reinterpretAsLongs();
            DoubleVector x0 = LOW4.selectFrom(a, b).reinterpretAsDoubles();
            DoubleVector x1 = HIGH4.selectFrom(a, b).reinterpretAsDoubles();
            w1 = DoubleVector.fromArray(REALS, lanes, t);
            h = x1.mul(w1);
            p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x1.fma(w1.neg(), h));
            x1 = x0.sub(p);
            x0 = x0.add(p);
            a = x0.reinterpretAsLongs();
            b = x1.reinterpretAsLongs();
            x0 = LOW2.selectFrom(a, b).reinterpretAsDoubles();
            x1 = HIGH2.selectFrom(a, b).reinterpretAsDoubles();
            w1 = DoubleVector.fromArray(REALS, lanes, t + LANES);
            h = x1.mul(w1);
            p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x1.fma(w1.neg(), h));
            x1 = x0.sub(p);
            x0 = x0.add(p);
            a = x0.reinterpretAsLongs();
            b = x1.reinterpretAsLongs();
            x0 = EVEN.selectFrom(a, b).reinterpretAsDoubles();
            x1 = ODD.selectFrom(a, b).reinterpretAsDoubles();
            w1 = DoubleVector.fromArray(REALS, lanes, t + 2 * LANES);
            h = x1.mul(w1);
            p = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(x1.fma(w1.neg(), h));
            x1 = x0.sub(p);
            x0 = x0.add(p);
            a = x0.reinterpretAsLongs();
            b = x1.reinterpretAsLongs();
            FIRST.selectFrom(a, b).reinterpretAsDoubles().intoArray(x, i);
            SECOND.selectFrom(a, b).reinterpretAsDoubles().intoArray(x, i + LANES);
        }
    }
}
