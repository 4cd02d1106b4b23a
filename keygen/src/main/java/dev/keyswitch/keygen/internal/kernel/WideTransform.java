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
    /// @param source signed numbers of at most q in absolute value; 16 at least
    static void forward(long[] source, long[] x, WidePowers powers) {
        int layers = Integer.numberOfTrailingZeros(x.length / LANES);
        int blocks = (layers & 1) == 1 ? 2 : 4;
        if (blocks == 2) {
            firstTwo(source, x, powers);
        } else {
            firstFour(source, x, powers);
        }
        for (; blocks < x.length / LANES; blocks *= 4) {
            four(x, powers, blocks);
        }
        lanes(x, powers);
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

    /// The last three layers, within two neighbouring vectors.
    private static void lanes(long[] x, WidePowers powers) {
        long[] lanes = powers.lanes();
        long[] companions = powers.laneCompanions();
        LongVector q = LongVector.broadcast(LONGS, powers.modulus());
        LongVector fourQ = LongVector.broadcast(LONGS, 4 * powers.modulus());
        for (int i = 0, t = 0; i < x.length; i += 2 * LANES, t += 3 * LANES) {
            LongVector h, p, w1, c1, x0, x1;
            LongVector a = LongVector.fromArray(LONGS, x, i);
            LongVector b = LongVector.fromArray(LONGS, x, i + LANES);
            x0 = LOW4.selectFrom(a, b);
            x1 = HIGH4.selectFrom(a, b);
            w1 = LongVector.fromArray(LONGS, lanes, t);
            c1 = LongVector.fromArray(LONGS, companions, t);
            h = x1.lanewise(LSHR, 32);
            p = x1.mul(w1).sub(h.mul(c1.lanewise(LSHR, 32)).add(h.mul(c1.and(LOW)).lanewise(LSHR, 32)).add(x1.and(LOW).mul(c1.lanewise(LSHR, 32)).lanewise(LSHR, 32)).mul(q));
            h = x0.lanewise(UMIN, x0.sub(fourQ));
            x0 = h.add(p);
            x1 = h.add(fourQ).sub(p);
            a = x0;
            b = x1;
            x0 = LOW2.selectFrom(a, b);
            x1 = HIGH2.selectFrom(a, b);
            w1 = LongVector.fromArray(LONGS, lanes, t + LANES);
            c1 = LongVector.fromArray(LONGS, companions, t + LANES);
            h = x1.lanewise(LSHR, 32);
            p = x1.mul(w1).sub(h.mul(c1.lanewise(LSHR, 32)).add(h.mul(c1.and(LOW)).lanewise(LSHR, 32)).add(x1.and(LOW).mul(c1.lanewise(LSHR, 32)).lanewise(LSHR, 32)).mul(q));
            h = x0.lanewise(UMIN, x0.sub(fourQ));
            x0 = h.add(p);
            x1 = h.add(fourQ).sub(p);
            a = x0;
            b = x1;
            x0 = EVEN.selectFrom(a, b);
            x1 = ODD.selectFrom(a, b);
            w1 = LongVector.fromArray(LONGS, lanes, t + 2 * LANES);
            c1 = LongVector.fromArray(LONGS, companions, t + 2 * LANES);
            h = x1.lanewise(LSHR, 32);
            p = x1.mul(w1).sub(h.mul(c1.lanewise(LSHR, 32)).add(h.mul(c1.and(LOW)).lanewise(LSHR, 32)).add(x1.and(LOW).mul(c1.lanewise(LSHR, 32)).lanewise(LSHR, 32)).mul(q));
            h = x0.lanewise(UMIN, x0.sub(fourQ));
            x0 = h.add(p);
            x1 = h.add(fourQ).sub(p);
            a = x0;
            b = x1;
            FIRST.selectFrom(a, b).intoArray(x, i);
            SECOND.selectFrom(a, b).intoArray(x, i + LANES);
        }
    }
}
