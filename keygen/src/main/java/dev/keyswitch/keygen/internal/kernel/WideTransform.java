package dev.keyswitch.keygen.internal.kernel;

import static dev.keyswitch.keygen.internal.kernel.Lanes.BYTES;
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
import static dev.keyswitch.keygen.internal.kernel.Lanes.REALS;
import static dev.keyswitch.keygen.internal.kernel.Lanes.SECOND;
import static dev.keyswitch.keygen.internal.kernel.RealTransform.ROUND;
import static jdk.incubator.vector.VectorOperators.B2L;
import static jdk.incubator.vector.VectorOperators.L2D;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.UMIN;

import dev.keyswitch.keygen.internal.ring.WidePowers;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/// The transform on 64-bit words, eight at a time, for every modulus below 2^60, with the lazy butterflies of
/// [dev.keyswitch.keygen.internal.ring.ScalarKernel] and values below 16q, which is at most 2^64, reduced to 8q in every other layer.
///
/// Vectors have no high word of a product, so it is put together from products of 32-bit halves, without the product of the two lower
/// halves and without carries: at most 2 too small, which leaves x·w below 4q instead of 2q.
///
/// The first layers take noise as it is, by the sums of [products][dev.keyswitch.keygen.internal.ring.FirstLayers], modulo 2^64. The same sums
/// with weights over q, in double precision, tell how often q is contained; `shift` makes up for what [RealTransform#ROUND] adds to that.
///
/// The loops are flat: the compiler keeps vectors in registers only within one method, and gives up on helpers inside a loop this large.
/// `l` and `g` are the lower and the greater half of a companion; `h` and `p` are scratch and product.
final class WideTransform {
    private WideTransform() {}

    /// x ← the transform of `noise`, below 12q.
    ///
    /// @param noise at most 21 in absolute value; 64 at least
    static void forward(byte[] noise, long[] x, WidePowers.Weights first, WidePowers powers) {
        int layers = Integer.numberOfTrailingZeros(x.length / LANES);
        int blocks = (layers & 1) == 1 ? 8 : 4;
        if (blocks == 4) {
            firstFour(noise, x, first, powers.modulus());
        } else {
            halfOfEight(noise, x, first, powers.modulus(), 0);
            halfOfEight(noise, x, first, powers.modulus(), 1);
        }
        for (; blocks < x.length / LANES; blocks *= 4) {
            four(x, powers, blocks);
        }
        lanes(x, powers);
    }

    /// The first two layers, from the noise, to between 0 and 4q.
    private static void firstFour(byte[] noise, long[] x, WidePowers.Weights first, long modulus) {
        long[] w = first.values();
        double[] f = first.quotients();
        LongVector q = LongVector.broadcast(LONGS, modulus);
        LongVector shift = LongVector.broadcast(LONGS, modulus * Double.doubleToRawLongBits(ROUND));
        LongVector shiftUp = shift.add(q.add(q));
        DoubleVector round = DoubleVector.broadcast(REALS, ROUND);
        LongVector w0 = LongVector.broadcast(LONGS, w[0]);
        DoubleVector f0 = DoubleVector.broadcast(REALS, f[0]);
        LongVector w1 = LongVector.broadcast(LONGS, w[1]);
        DoubleVector f1 = DoubleVector.broadcast(REALS, f[1]);
        LongVector w2 = LongVector.broadcast(LONGS, w[2]);
        DoubleVector f2 = DoubleVector.broadcast(REALS, f[2]);
        LongVector w3 = LongVector.broadcast(LONGS, w[3]);
        DoubleVector f3 = DoubleVector.broadcast(REALS, f[3]);
        LongVector w4 = LongVector.broadcast(LONGS, w[4]);
        DoubleVector f4 = DoubleVector.broadcast(REALS, f[4]);
        LongVector w5 = LongVector.broadcast(LONGS, w[5]);
        DoubleVector f5 = DoubleVector.broadcast(REALS, f[5]);
        int part = x.length >> 2;
        for (int i = 0; i < part; i += LANES) {
            LongVector x0 = (LongVector) ByteVector.fromArray(BYTES, noise, i).convertShape(B2L, LONGS, 0);
            DoubleVector r0 = (DoubleVector) x0.convert(L2D, 0);
            LongVector x1 = (LongVector) ByteVector.fromArray(BYTES, noise, i + part).convertShape(B2L, LONGS, 0);
            DoubleVector r1 = (DoubleVector) x1.convert(L2D, 0);
            LongVector x2 = (LongVector) ByteVector.fromArray(BYTES, noise, i + 2 * part).convertShape(B2L, LONGS, 0);
            DoubleVector r2 = (DoubleVector) x2.convert(L2D, 0);
            LongVector x3 = (LongVector) ByteVector.fromArray(BYTES, noise, i + 3 * part).convertShape(B2L, LONGS, 0);
            DoubleVector r3 = (DoubleVector) x3.convert(L2D, 0);
            LongVector c = x0.mul(w0), d = x2.mul(w1);
            DoubleVector u = r0.mul(f0), v = r2.mul(f1);
            LongVector c0 = c.add(d), c1 = c.sub(d);
            DoubleVector u0 = u.add(v), u1 = u.sub(v);
            LongVector d0 = x1.mul(w2).add(x3.mul(w3)), d1 = x1.mul(w4).add(x3.mul(w5));
            DoubleVector v0 = r1.fma(f2, r3.mul(f3)), v1 = r1.fma(f4, r3.mul(f5));
            c0 = c0.add(shiftUp).sub(u0.add(round).reinterpretAsLongs().mul(q));
            c1 = c1.add(shiftUp).sub(u1.add(round).reinterpretAsLongs().mul(q));
            d0 = d0.add(shift).sub(v0.add(round).reinterpretAsLongs().mul(q));
            d1 = d1.add(shift).sub(v1.add(round).reinterpretAsLongs().mul(q));
            c0.add(d0).intoArray(x, i);
            c0.sub(d0).intoArray(x, i + part);
            c1.add(d1).intoArray(x, i + 2 * part);
            c1.sub(d1).intoArray(x, i + 3 * part);
        }
    }

    /// One half of what the first three layers make of the noise, to between 0 and 4q: a method for both would be too large for the compiler.
    private static void halfOfEight(byte[] noise, long[] x, WidePowers.Weights first, long modulus, int half) {
        long[] w = first.values();
        double[] f = first.quotients();
        LongVector q = LongVector.broadcast(LONGS, modulus);
        LongVector shift = LongVector.broadcast(LONGS, modulus * Double.doubleToRawLongBits(ROUND));
        LongVector shiftUp = shift.add(q.add(q));
        DoubleVector round = DoubleVector.broadcast(REALS, ROUND);
        LongVector w0 = LongVector.broadcast(LONGS, w[0]);
        DoubleVector f0 = DoubleVector.broadcast(REALS, f[0]);
        LongVector w1 = LongVector.broadcast(LONGS, half == 0 ? w[1] : -w[1]);
        DoubleVector f1 = DoubleVector.broadcast(REALS, half == 0 ? f[1] : -f[1]);
        LongVector w2 = LongVector.broadcast(LONGS, w[2 + 2 * half]);
        DoubleVector f2 = DoubleVector.broadcast(REALS, f[2 + 2 * half]);
        LongVector w3 = LongVector.broadcast(LONGS, w[3 + 2 * half]);
        DoubleVector f3 = DoubleVector.broadcast(REALS, f[3 + 2 * half]);
        LongVector w4 = LongVector.broadcast(LONGS, w[6 + 8 * half]);
        DoubleVector f4 = DoubleVector.broadcast(REALS, f[6 + 8 * half]);
        LongVector w5 = LongVector.broadcast(LONGS, w[7 + 8 * half]);
        DoubleVector f5 = DoubleVector.broadcast(REALS, f[7 + 8 * half]);
        LongVector w6 = LongVector.broadcast(LONGS, w[8 + 8 * half]);
        DoubleVector f6 = DoubleVector.broadcast(REALS, f[8 + 8 * half]);
        LongVector w7 = LongVector.broadcast(LONGS, w[9 + 8 * half]);
        DoubleVector f7 = DoubleVector.broadcast(REALS, f[9 + 8 * half]);
        LongVector w8 = LongVector.broadcast(LONGS, w[10 + 8 * half]);
        DoubleVector f8 = DoubleVector.broadcast(REALS, f[10 + 8 * half]);
        LongVector w9 = LongVector.broadcast(LONGS, w[11 + 8 * half]);
        DoubleVector f9 = DoubleVector.broadcast(REALS, f[11 + 8 * half]);
        LongVector w10 = LongVector.broadcast(LONGS, w[12 + 8 * half]);
        DoubleVector f10 = DoubleVector.broadcast(REALS, f[12 + 8 * half]);
        LongVector w11 = LongVector.broadcast(LONGS, w[13 + 8 * half]);
        DoubleVector f11 = DoubleVector.broadcast(REALS, f[13 + 8 * half]);
        int part = x.length >> 3;
        int target = 4 * half * part;
        for (int i = 0; i < part; i += LANES) {
            LongVector x0 = (LongVector) ByteVector.fromArray(BYTES, noise, i).convertShape(B2L, LONGS, 0);
            DoubleVector r0 = (DoubleVector) x0.convert(L2D, 0);
            LongVector x1 = (LongVector) ByteVector.fromArray(BYTES, noise, i + part).convertShape(B2L, LONGS, 0);
            DoubleVector r1 = (DoubleVector) x1.convert(L2D, 0);
            LongVector x2 = (LongVector) ByteVector.fromArray(BYTES, noise, i + 2 * part).convertShape(B2L, LONGS, 0);
            DoubleVector r2 = (DoubleVector) x2.convert(L2D, 0);
            LongVector x3 = (LongVector) ByteVector.fromArray(BYTES, noise, i + 3 * part).convertShape(B2L, LONGS, 0);
            DoubleVector r3 = (DoubleVector) x3.convert(L2D, 0);
            LongVector x4 = (LongVector) ByteVector.fromArray(BYTES, noise, i + 4 * part).convertShape(B2L, LONGS, 0);
            DoubleVector r4 = (DoubleVector) x4.convert(L2D, 0);
            LongVector x5 = (LongVector) ByteVector.fromArray(BYTES, noise, i + 5 * part).convertShape(B2L, LONGS, 0);
            DoubleVector r5 = (DoubleVector) x5.convert(L2D, 0);
            LongVector x6 = (LongVector) ByteVector.fromArray(BYTES, noise, i + 6 * part).convertShape(B2L, LONGS, 0);
            DoubleVector r6 = (DoubleVector) x6.convert(L2D, 0);
            LongVector x7 = (LongVector) ByteVector.fromArray(BYTES, noise, i + 7 * part).convertShape(B2L, LONGS, 0);
            DoubleVector r7 = (DoubleVector) x7.convert(L2D, 0);
            LongVector c = x0.mul(w0).add(x4.mul(w1)), d = x2.mul(w2).add(x6.mul(w3));
            DoubleVector u = r0.fma(f0, r4.mul(f1)), v = r2.fma(f2, r6.mul(f3));
            LongVector a0 = c.add(d).add(shiftUp).sub(u.add(v).add(round).reinterpretAsLongs().mul(q));
            LongVector a1 = c.sub(d).add(shiftUp).sub(u.sub(v).add(round).reinterpretAsLongs().mul(q));
            LongVector b0 = x1.mul(w4).add(x5.mul(w5)).add(x3.mul(w6)).add(x7.mul(w7));
            LongVector b1 = x1.mul(w8).add(x5.mul(w9)).add(x3.mul(w10)).add(x7.mul(w11));
            u = r1.fma(f4, r5.fma(f5, r3.fma(f6, r7.mul(f7))));
            v = r1.fma(f8, r5.fma(f9, r3.fma(f10, r7.mul(f11))));
            b0 = b0.add(shift).sub(u.add(round).reinterpretAsLongs().mul(q));
            b1 = b1.add(shift).sub(v.add(round).reinterpretAsLongs().mul(q));
            a0.add(b0).intoArray(x, target + i);
            a0.sub(b0).intoArray(x, target + i + part);
            a1.add(b1).intoArray(x, target + i + 2 * part);
            a1.sub(b1).intoArray(x, target + i + 3 * part);
        }
    }

    /// Two layers of all blocks, each of four parts of eight numbers at least.
    private static void four(long[] x, WidePowers powers, int blocks) {
        long[] w = powers.values();
        long[] c = powers.companions();
        LongVector q = LongVector.broadcast(LONGS, powers.modulus());
        LongVector fourQ = LongVector.broadcast(LONGS, 4 * powers.modulus());
        LongVector eightQ = LongVector.broadcast(LONGS, 8 * powers.modulus());
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
                h = x0.lanewise(UMIN, x0.sub(eightQ));
                x0 = h.add(p);
                x2 = h.add(fourQ).sub(p);
                h = x3.lanewise(LSHR, 32);
                p = x3.mul(w1).sub(h.mul(g1).add(h.mul(l1).lanewise(LSHR, 32)).add(x3.and(LOW).mul(g1).lanewise(LSHR, 32)).mul(q));
                h = x1.lanewise(UMIN, x1.sub(eightQ));
                x1 = h.add(p);
                x3 = h.add(fourQ).sub(p);
                h = x1.lanewise(LSHR, 32);
                p = x1.mul(w2).sub(h.mul(g2).add(h.mul(l2).lanewise(LSHR, 32)).add(x1.and(LOW).mul(g2).lanewise(LSHR, 32)).mul(q));
                x1 = x0.add(fourQ).sub(p);
                x0 = x0.add(p);
                h = x3.lanewise(LSHR, 32);
                p = x3.mul(w3).sub(h.mul(g3).add(h.mul(l3).lanewise(LSHR, 32)).add(x3.and(LOW).mul(g3).lanewise(LSHR, 32)).mul(q));
                x3 = x2.add(fourQ).sub(p);
                x2 = x2.add(p);
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
        LongVector eightQ = LongVector.broadcast(LONGS, 8 * powers.modulus());
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
            h = x0.lanewise(UMIN, x0.sub(eightQ));
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
            x1 = x0.add(fourQ).sub(p);
            x0 = x0.add(p);
            a = x0;
            b = x1;
            x0 = EVEN.selectFrom(a, b);
            x1 = ODD.selectFrom(a, b);
            w1 = LongVector.fromArray(LONGS, lanes, t + 2 * LANES);
            c1 = LongVector.fromArray(LONGS, companions, t + 2 * LANES);
            h = x1.lanewise(LSHR, 32);
            p = x1.mul(w1).sub(h.mul(c1.lanewise(LSHR, 32)).add(h.mul(c1.and(LOW)).lanewise(LSHR, 32)).add(x1.and(LOW).mul(c1.lanewise(LSHR, 32)).lanewise(LSHR, 32)).mul(q));
            h = x0.lanewise(UMIN, x0.sub(eightQ));
            x0 = h.add(p);
            x1 = h.add(fourQ).sub(p);
            a = x0;
            b = x1;
            FIRST.selectFrom(a, b).intoArray(x, i);
            SECOND.selectFrom(a, b).intoArray(x, i + LANES);
        }
    }

    /// hidden ← −(words · operand + x), fully reduced, from any 64-bit words and x below 12q.
    static void hide(long[] words, int count, Operand operand, int start, long[] x, long[] hidden) {
        long[] values = operand.values();
        long[] companions = operand.companions();
        LongVector q = LongVector.broadcast(LONGS, operand.modulus().value());
        LongVector twoQ = q.add(q), fourQ = twoQ.add(twoQ), eightQ = fourQ.add(fourQ);
        LongVector zero = LongVector.broadcast(LONGS, 0);
        for (int i = 0; i < count; i += LANES) {
            LongVector a = LongVector.fromArray(LONGS, words, i);
            LongVector c = LongVector.fromArray(LONGS, companions, start + i);
            LongVector h = a.lanewise(LSHR, 32);
            LongVector g = c.lanewise(LSHR, 32);
            h = h.mul(g).add(h.mul(c.and(LOW)).lanewise(LSHR, 32)).add(a.and(LOW).mul(g).lanewise(LSHR, 32));
            LongVector r = a.mul(LongVector.fromArray(LONGS, values, start + i)).sub(h.mul(q)).add(LongVector.fromArray(LONGS, x, start + i));
            r = r.lanewise(UMIN, r.sub(eightQ));
            r = r.lanewise(UMIN, r.sub(fourQ));
            r = r.lanewise(UMIN, r.sub(twoQ));
            r = zero.sub(r.lanewise(UMIN, r.sub(q)));
            r.lanewise(UMIN, r.add(q)).intoArray(hidden, i);
        }
    }
}
