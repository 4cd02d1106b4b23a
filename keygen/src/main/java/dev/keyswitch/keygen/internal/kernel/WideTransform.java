package dev.keyswitch.keygen.internal.kernel;

import static dev.keyswitch.keygen.internal.kernel.Lanes.EVEN;
import static dev.keyswitch.keygen.internal.kernel.Lanes.FIRST;
import static dev.keyswitch.keygen.internal.kernel.Lanes.HIGH2;
import static dev.keyswitch.keygen.internal.kernel.Lanes.HIGH4;
import static dev.keyswitch.keygen.internal.kernel.Lanes.LANES;
import static dev.keyswitch.keygen.internal.kernel.Lanes.LONGS;
import static dev.keyswitch.keygen.internal.kernel.Lanes.LOW;
import static dev.keyswitch.keygen.internal.kernel.Lanes.LOW2;
import static dev.keyswitch.keygen.internal.kernel.Lanes.LOW4;
import static dev.keyswitch.keygen.internal.kernel.Lanes.ODD;
import static dev.keyswitch.keygen.internal.kernel.Lanes.SECOND;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.UMIN;

import dev.keyswitch.keygen.internal.ring.WidePowers;
import jdk.incubator.vector.LongVector;

/// The transform on 64-bit words, eight at a time, for every modulus below 2^60, with the lazy butterflies of
/// [dev.keyswitch.keygen.internal.ring.ScalarKernel] and values below 8q.
///
/// Vectors have no high word of a product, so it is put together from products of 32-bit halves, without the product of the two lower
/// halves and without carries: at most 2 too small, which leaves x·w below 4q instead of 2q.
///
/// The loops are flat: the compiler keeps vectors in registers only within one method, and gives up on helpers inside a loop this large.
/// `l` and `g` are the lower and the greater half of a companion; `h` and `p` are scratch and product.
final class WideTransform {
    private WideTransform() {}

    /// x ← the transform of `source`, below 8q.
    ///
    /// @param source signed numbers of at most q in absolute value; 128 at least
    static void forward(long[] source, long[] x, WidePowers powers) {
        int layers = Integer.numberOfTrailingZeros(x.length / 64);
        int blocks = (layers & 1) == 1 ? 2 : 4;
        if (blocks == 2) {
            firstTwo(source, x, powers);
        } else {
            firstFour(source, x, powers);
        }
        for (; blocks < x.length / 64; blocks *= 4) {
            four(x, powers, blocks);
        }
        last(x, powers);
    }

    /// The first layer, from `source`.
    private static void firstTwo(long[] source, long[] x, WidePowers powers) {
        long[] w = powers.values();
        long[] c = powers.companions();
        LongVector q = LongVector.broadcast(LONGS, powers.modulus());
        LongVector fourQ = LongVector.broadcast(LONGS, 4 * powers.modulus());
        int part = x.length >> 1;
        LongVector w1 = LongVector.broadcast(LONGS, w[1]);
        LongVector l1 = LongVector.broadcast(LONGS, c[1] & 0xFFFFFFFFL), g1 = LongVector.broadcast(LONGS, c[1] >>> 32);
        for (int i = 0; i < part; i += LANES) {
            LongVector x0 = LongVector.fromArray(LONGS, source, i);
            LongVector x1 = LongVector.fromArray(LONGS, source, i + part);
            x0 = x0.add(x0.lanewise(ASHR, 63).and(q));
            x1 = x1.add(x1.lanewise(ASHR, 63).and(q));
            LongVector h, p;
            h = x1.lanewise(LSHR, 32);
            p = x1.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(x1.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = x0.lanewise(UMIN, x0.sub(fourQ));
            x0 = h.add(p);
            x1 = h.add(fourQ).sub(p);
            x0.intoArray(x, i);
            x1.intoArray(x, i + part);
        }
    }

    /// The first two layers, from `source`.
    private static void firstFour(long[] source, long[] x, WidePowers powers) {
        long[] w = powers.values();
        long[] c = powers.companions();
        LongVector q = LongVector.broadcast(LONGS, powers.modulus());
        LongVector fourQ = LongVector.broadcast(LONGS, 4 * powers.modulus());
        int part = x.length >> 2;
        LongVector w1 = LongVector.broadcast(LONGS, w[1]);
        LongVector l1 = LongVector.broadcast(LONGS, c[1] & 0xFFFFFFFFL), g1 = LongVector.broadcast(LONGS, c[1] >>> 32);
        LongVector w2 = LongVector.broadcast(LONGS, w[2]);
        LongVector l2 = LongVector.broadcast(LONGS, c[2] & 0xFFFFFFFFL), g2 = LongVector.broadcast(LONGS, c[2] >>> 32);
        LongVector w3 = LongVector.broadcast(LONGS, w[3]);
        LongVector l3 = LongVector.broadcast(LONGS, c[3] & 0xFFFFFFFFL), g3 = LongVector.broadcast(LONGS, c[3] >>> 32);
        for (int i = 0; i < part; i += LANES) {
            LongVector x0 = LongVector.fromArray(LONGS, source, i);
            LongVector x1 = LongVector.fromArray(LONGS, source, i + part);
            LongVector x2 = LongVector.fromArray(LONGS, source, i + 2 * part);
            LongVector x3 = LongVector.fromArray(LONGS, source, i + 3 * part);
            x0 = x0.add(x0.lanewise(ASHR, 63).and(q));
            x1 = x1.add(x1.lanewise(ASHR, 63).and(q));
            x2 = x2.add(x2.lanewise(ASHR, 63).and(q));
            x3 = x3.add(x3.lanewise(ASHR, 63).and(q));
            LongVector h, p;
            h = x2.lanewise(LSHR, 32);
            p = x2.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(x2.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = x0.lanewise(UMIN, x0.sub(fourQ));
            x0 = h.add(p);
            x2 = h.add(fourQ).sub(p);
            h = x3.lanewise(LSHR, 32);
            p = x3.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(x3.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = x1.lanewise(UMIN, x1.sub(fourQ));
            x1 = h.add(p);
            x3 = h.add(fourQ).sub(p);
            h = x1.lanewise(LSHR, 32);
            p = x1.mul(w2).sub(h.mul(g2).add(h.mul(l2).lanewise(LSHR, 32)).add(x1.and(LOW).mul(g2).lanewise(LSHR, 32)).mul(q));
            h = x0.lanewise(UMIN, x0.sub(fourQ));
            x0 = h.add(p);
            x1 = h.add(fourQ).sub(p);
            h = x3.lanewise(LSHR, 32);
            p = x3.mul(w3).sub(h.mul(g3).add(h.mul(l3).lanewise(LSHR, 32)).add(x3.and(LOW).mul(g3).lanewise(LSHR, 32)).mul(q));
            h = x2.lanewise(UMIN, x2.sub(fourQ));
            x2 = h.add(p);
            x3 = h.add(fourQ).sub(p);
            x0.intoArray(x, i);
            x1.intoArray(x, i + part);
            x2.intoArray(x, i + 2 * part);
            x3.intoArray(x, i + 3 * part);
        }
    }

    /// Two layers of all blocks, each of four parts of eight numbers at least.
    private static void four(long[] x, WidePowers powers, int blocks) {
        long[] w = powers.values();
        long[] c = powers.companions();
        LongVector q = LongVector.broadcast(LONGS, powers.modulus());
        LongVector fourQ = LongVector.broadcast(LONGS, 4 * powers.modulus());
        int part = x.length / (4 * blocks);
        for (int block = 0; block < blocks; block++) {
            int m = blocks + block;
            LongVector w1 = LongVector.broadcast(LONGS, w[m]);
            LongVector l1 = LongVector.broadcast(LONGS, c[m] & 0xFFFFFFFFL), g1 = LongVector.broadcast(LONGS, c[m] >>> 32);
            LongVector w2 = LongVector.broadcast(LONGS, w[2 * m]);
            LongVector l2 = LongVector.broadcast(LONGS, c[2 * m] & 0xFFFFFFFFL), g2 = LongVector.broadcast(LONGS, c[2 * m] >>> 32);
            LongVector w3 = LongVector.broadcast(LONGS, w[2 * m + 1]);
            LongVector l3 = LongVector.broadcast(LONGS, c[2 * m + 1] & 0xFFFFFFFFL), g3 = LongVector.broadcast(LONGS, c[2 * m + 1] >>> 32);
            int start = 4 * part * block;
            for (int i = start; i < start + part; i += LANES) {
                LongVector x0 = LongVector.fromArray(LONGS, x, i);
                LongVector x1 = LongVector.fromArray(LONGS, x, i + part);
                LongVector x2 = LongVector.fromArray(LONGS, x, i + 2 * part);
                LongVector x3 = LongVector.fromArray(LONGS, x, i + 3 * part);
                LongVector h, p;
                h = x2.lanewise(LSHR, 32);
                p = x2.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(x2.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
                h = x0.lanewise(UMIN, x0.sub(fourQ));
                x0 = h.add(p);
                x2 = h.add(fourQ).sub(p);
                h = x3.lanewise(LSHR, 32);
                p = x3.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(x3.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
                h = x1.lanewise(UMIN, x1.sub(fourQ));
                x1 = h.add(p);
                x3 = h.add(fourQ).sub(p);
                h = x1.lanewise(LSHR, 32);
                p = x1.mul(w2).sub(h.mul(g2).add(h.mul(l2).lanewise(LSHR, 32)).add(x1.and(LOW).mul(g2).lanewise(LSHR, 32)).mul(q));
                h = x0.lanewise(UMIN, x0.sub(fourQ));
                x0 = h.add(p);
                x1 = h.add(fourQ).sub(p);
                h = x3.lanewise(LSHR, 32);
                p = x3.mul(w3).sub(h.mul(g3).add(h.mul(l3).lanewise(LSHR, 32)).add(x3.and(LOW).mul(g3).lanewise(LSHR, 32)).mul(q));
                h = x2.lanewise(UMIN, x2.sub(fourQ));
                x2 = h.add(p);
                x3 = h.add(fourQ).sub(p);
                x0.intoArray(x, i);
                x1.intoArray(x, i + part);
                x2.intoArray(x, i + 2 * part);
                x3.intoArray(x, i + 3 * part);
            }
        }
    }

    /// The last six layers, 64 neighbours at a time: three between vectors, three within them.
    private static void last(long[] x, WidePowers powers) {
        long[] w = powers.values();
        long[] c = powers.companions();
        long[] lanes = powers.lanes();
        long[] laneCompanions = powers.laneCompanions();
        LongVector q = LongVector.broadcast(LONGS, powers.modulus());
        LongVector fourQ = LongVector.broadcast(LONGS, 4 * powers.modulus());
        for (int i = 0, m = x.length / 64; i < x.length; i += 64, m++) {
            LongVector x0 = LongVector.fromArray(LONGS, x, i);
            LongVector x1 = LongVector.fromArray(LONGS, x, i + 8);
            LongVector x2 = LongVector.fromArray(LONGS, x, i + 16);
            LongVector x3 = LongVector.fromArray(LONGS, x, i + 24);
            LongVector x4 = LongVector.fromArray(LONGS, x, i + 32);
            LongVector x5 = LongVector.fromArray(LONGS, x, i + 40);
            LongVector x6 = LongVector.fromArray(LONGS, x, i + 48);
            LongVector x7 = LongVector.fromArray(LONGS, x, i + 56);
            LongVector h, p, a, b, w1, l1, g1;
            w1 = LongVector.broadcast(LONGS, w[m]);
            l1 = LongVector.broadcast(LONGS, c[m] & 0xFFFFFFFFL);
            g1 = LongVector.broadcast(LONGS, c[m] >>> 32);
            h = x4.lanewise(LSHR, 32);
            p = x4.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(x4.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = x0.lanewise(UMIN, x0.sub(fourQ));
            x0 = h.add(p);
            x4 = h.add(fourQ).sub(p);
            h = x5.lanewise(LSHR, 32);
            p = x5.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(x5.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = x1.lanewise(UMIN, x1.sub(fourQ));
            x1 = h.add(p);
            x5 = h.add(fourQ).sub(p);
            h = x6.lanewise(LSHR, 32);
            p = x6.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(x6.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = x2.lanewise(UMIN, x2.sub(fourQ));
            x2 = h.add(p);
            x6 = h.add(fourQ).sub(p);
            h = x7.lanewise(LSHR, 32);
            p = x7.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(x7.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = x3.lanewise(UMIN, x3.sub(fourQ));
            x3 = h.add(p);
            x7 = h.add(fourQ).sub(p);
            w1 = LongVector.broadcast(LONGS, w[2 * m]);
            l1 = LongVector.broadcast(LONGS, c[2 * m] & 0xFFFFFFFFL);
            g1 = LongVector.broadcast(LONGS, c[2 * m] >>> 32);
            h = x2.lanewise(LSHR, 32);
            p = x2.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(x2.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = x0.lanewise(UMIN, x0.sub(fourQ));
            x0 = h.add(p);
            x2 = h.add(fourQ).sub(p);
            h = x3.lanewise(LSHR, 32);
            p = x3.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(x3.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = x1.lanewise(UMIN, x1.sub(fourQ));
            x1 = h.add(p);
            x3 = h.add(fourQ).sub(p);
            w1 = LongVector.broadcast(LONGS, w[2 * m + 1]);
            l1 = LongVector.broadcast(LONGS, c[2 * m + 1] & 0xFFFFFFFFL);
            g1 = LongVector.broadcast(LONGS, c[2 * m + 1] >>> 32);
            h = x6.lanewise(LSHR, 32);
            p = x6.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(x6.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = x4.lanewise(UMIN, x4.sub(fourQ));
            x4 = h.add(p);
            x6 = h.add(fourQ).sub(p);
            h = x7.lanewise(LSHR, 32);
            p = x7.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(x7.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = x5.lanewise(UMIN, x5.sub(fourQ));
            x5 = h.add(p);
            x7 = h.add(fourQ).sub(p);
            w1 = LongVector.broadcast(LONGS, w[4 * m]);
            l1 = LongVector.broadcast(LONGS, c[4 * m] & 0xFFFFFFFFL);
            g1 = LongVector.broadcast(LONGS, c[4 * m] >>> 32);
            h = x1.lanewise(LSHR, 32);
            p = x1.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(x1.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = x0.lanewise(UMIN, x0.sub(fourQ));
            x0 = h.add(p);
            x1 = h.add(fourQ).sub(p);
            w1 = LongVector.broadcast(LONGS, w[4 * m + 1]);
            l1 = LongVector.broadcast(LONGS, c[4 * m + 1] & 0xFFFFFFFFL);
            g1 = LongVector.broadcast(LONGS, c[4 * m + 1] >>> 32);
            h = x3.lanewise(LSHR, 32);
            p = x3.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(x3.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = x2.lanewise(UMIN, x2.sub(fourQ));
            x2 = h.add(p);
            x3 = h.add(fourQ).sub(p);
            w1 = LongVector.broadcast(LONGS, w[4 * m + 2]);
            l1 = LongVector.broadcast(LONGS, c[4 * m + 2] & 0xFFFFFFFFL);
            g1 = LongVector.broadcast(LONGS, c[4 * m + 2] >>> 32);
            h = x5.lanewise(LSHR, 32);
            p = x5.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(x5.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = x4.lanewise(UMIN, x4.sub(fourQ));
            x4 = h.add(p);
            x5 = h.add(fourQ).sub(p);
            w1 = LongVector.broadcast(LONGS, w[4 * m + 3]);
            l1 = LongVector.broadcast(LONGS, c[4 * m + 3] & 0xFFFFFFFFL);
            g1 = LongVector.broadcast(LONGS, c[4 * m + 3] >>> 32);
            h = x7.lanewise(LSHR, 32);
            p = x7.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(x7.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = x6.lanewise(UMIN, x6.sub(fourQ));
            x6 = h.add(p);
            x7 = h.add(fourQ).sub(p);

            int t = 3 * i / 2;
            a = LOW4.selectFrom(x0, x1);
            b = HIGH4.selectFrom(x0, x1);
            w1 = LongVector.fromArray(LONGS, lanes, t);
            g1 = LongVector.fromArray(LONGS, laneCompanions, t);
            l1 = g1.and(LOW);
            g1 = g1.lanewise(LSHR, 32);
            h = b.lanewise(LSHR, 32);
            p = b.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(b.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = a.lanewise(UMIN, a.sub(fourQ));
            a = h.add(p);
            b = h.add(fourQ).sub(p);
            x0 = a;
            x1 = b;
            a = LOW2.selectFrom(x0, x1);
            b = HIGH2.selectFrom(x0, x1);
            w1 = LongVector.fromArray(LONGS, lanes, t + 8);
            g1 = LongVector.fromArray(LONGS, laneCompanions, t + 8);
            l1 = g1.and(LOW);
            g1 = g1.lanewise(LSHR, 32);
            h = b.lanewise(LSHR, 32);
            p = b.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(b.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = a.lanewise(UMIN, a.sub(fourQ));
            a = h.add(p);
            b = h.add(fourQ).sub(p);
            x0 = a;
            x1 = b;
            a = EVEN.selectFrom(x0, x1);
            b = ODD.selectFrom(x0, x1);
            w1 = LongVector.fromArray(LONGS, lanes, t + 16);
            g1 = LongVector.fromArray(LONGS, laneCompanions, t + 16);
            l1 = g1.and(LOW);
            g1 = g1.lanewise(LSHR, 32);
            h = b.lanewise(LSHR, 32);
            p = b.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(b.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = a.lanewise(UMIN, a.sub(fourQ));
            a = h.add(p);
            b = h.add(fourQ).sub(p);
            FIRST.selectFrom(a, b).intoArray(x, i);
            SECOND.selectFrom(a, b).intoArray(x, i + 8);
            a = LOW4.selectFrom(x2, x3);
            b = HIGH4.selectFrom(x2, x3);
            w1 = LongVector.fromArray(LONGS, lanes, t + 24);
            g1 = LongVector.fromArray(LONGS, laneCompanions, t + 24);
            l1 = g1.and(LOW);
            g1 = g1.lanewise(LSHR, 32);
            h = b.lanewise(LSHR, 32);
            p = b.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(b.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = a.lanewise(UMIN, a.sub(fourQ));
            a = h.add(p);
            b = h.add(fourQ).sub(p);
            x2 = a;
            x3 = b;
            a = LOW2.selectFrom(x2, x3);
            b = HIGH2.selectFrom(x2, x3);
            w1 = LongVector.fromArray(LONGS, lanes, t + 32);
            g1 = LongVector.fromArray(LONGS, laneCompanions, t + 32);
            l1 = g1.and(LOW);
            g1 = g1.lanewise(LSHR, 32);
            h = b.lanewise(LSHR, 32);
            p = b.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(b.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = a.lanewise(UMIN, a.sub(fourQ));
            a = h.add(p);
            b = h.add(fourQ).sub(p);
            x2 = a;
            x3 = b;
            a = EVEN.selectFrom(x2, x3);
            b = ODD.selectFrom(x2, x3);
            w1 = LongVector.fromArray(LONGS, lanes, t + 40);
            g1 = LongVector.fromArray(LONGS, laneCompanions, t + 40);
            l1 = g1.and(LOW);
            g1 = g1.lanewise(LSHR, 32);
            h = b.lanewise(LSHR, 32);
            p = b.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(b.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = a.lanewise(UMIN, a.sub(fourQ));
            a = h.add(p);
            b = h.add(fourQ).sub(p);
            FIRST.selectFrom(a, b).intoArray(x, i + 16);
            SECOND.selectFrom(a, b).intoArray(x, i + 24);
            a = LOW4.selectFrom(x4, x5);
            b = HIGH4.selectFrom(x4, x5);
            w1 = LongVector.fromArray(LONGS, lanes, t + 48);
            g1 = LongVector.fromArray(LONGS, laneCompanions, t + 48);
            l1 = g1.and(LOW);
            g1 = g1.lanewise(LSHR, 32);
            h = b.lanewise(LSHR, 32);
            p = b.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(b.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = a.lanewise(UMIN, a.sub(fourQ));
            a = h.add(p);
            b = h.add(fourQ).sub(p);
            x4 = a;
            x5 = b;
            a = LOW2.selectFrom(x4, x5);
            b = HIGH2.selectFrom(x4, x5);
            w1 = LongVector.fromArray(LONGS, lanes, t + 56);
            g1 = LongVector.fromArray(LONGS, laneCompanions, t + 56);
            l1 = g1.and(LOW);
            g1 = g1.lanewise(LSHR, 32);
            h = b.lanewise(LSHR, 32);
            p = b.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(b.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = a.lanewise(UMIN, a.sub(fourQ));
            a = h.add(p);
            b = h.add(fourQ).sub(p);
            x4 = a;
            x5 = b;
            a = EVEN.selectFrom(x4, x5);
            b = ODD.selectFrom(x4, x5);
            w1 = LongVector.fromArray(LONGS, lanes, t + 64);
            g1 = LongVector.fromArray(LONGS, laneCompanions, t + 64);
            l1 = g1.and(LOW);
            g1 = g1.lanewise(LSHR, 32);
            h = b.lanewise(LSHR, 32);
            p = b.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(b.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = a.lanewise(UMIN, a.sub(fourQ));
            a = h.add(p);
            b = h.add(fourQ).sub(p);
            FIRST.selectFrom(a, b).intoArray(x, i + 32);
            SECOND.selectFrom(a, b).intoArray(x, i + 40);
            a = LOW4.selectFrom(x6, x7);
            b = HIGH4.selectFrom(x6, x7);
            w1 = LongVector.fromArray(LONGS, lanes, t + 72);
            g1 = LongVector.fromArray(LONGS, laneCompanions, t + 72);
            l1 = g1.and(LOW);
            g1 = g1.lanewise(LSHR, 32);
            h = b.lanewise(LSHR, 32);
            p = b.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(b.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = a.lanewise(UMIN, a.sub(fourQ));
            a = h.add(p);
            b = h.add(fourQ).sub(p);
            x6 = a;
            x7 = b;
            a = LOW2.selectFrom(x6, x7);
            b = HIGH2.selectFrom(x6, x7);
            w1 = LongVector.fromArray(LONGS, lanes, t + 80);
            g1 = LongVector.fromArray(LONGS, laneCompanions, t + 80);
            l1 = g1.and(LOW);
            g1 = g1.lanewise(LSHR, 32);
            h = b.lanewise(LSHR, 32);
            p = b.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(b.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = a.lanewise(UMIN, a.sub(fourQ));
            a = h.add(p);
            b = h.add(fourQ).sub(p);
            x6 = a;
            x7 = b;
            a = EVEN.selectFrom(x6, x7);
            b = ODD.selectFrom(x6, x7);
            w1 = LongVector.fromArray(LONGS, lanes, t + 88);
            g1 = LongVector.fromArray(LONGS, laneCompanions, t + 88);
            l1 = g1.and(LOW);
            g1 = g1.lanewise(LSHR, 32);
            h = b.lanewise(LSHR, 32);
            p = b.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(b.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
            h = a.lanewise(UMIN, a.sub(fourQ));
            a = h.add(p);
            b = h.add(fourQ).sub(p);
            FIRST.selectFrom(a, b).intoArray(x, i + 48);
            SECOND.selectFrom(a, b).intoArray(x, i + 56);
        }
    }
}
