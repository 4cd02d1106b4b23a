package dev.keyswitch.keygen.internal.kernel;

import static dev.keyswitch.keygen.internal.kernel.Lanes.BYTES;
import static dev.keyswitch.keygen.internal.kernel.Lanes.EVEN;
import static dev.keyswitch.keygen.internal.kernel.Lanes.FIRST;
import static dev.keyswitch.keygen.internal.kernel.Lanes.FOURS0;
import static dev.keyswitch.keygen.internal.kernel.Lanes.FOURS1;
import static dev.keyswitch.keygen.internal.kernel.Lanes.HIGH2;
import static dev.keyswitch.keygen.internal.kernel.Lanes.HIGH4;
import static dev.keyswitch.keygen.internal.kernel.Lanes.LANES;
import static dev.keyswitch.keygen.internal.kernel.Lanes.LONGS;
import static dev.keyswitch.keygen.internal.kernel.Lanes.LOW2;
import static dev.keyswitch.keygen.internal.kernel.Lanes.LOW4;
import static dev.keyswitch.keygen.internal.kernel.Lanes.ODD;
import static dev.keyswitch.keygen.internal.kernel.Lanes.REALS;
import static dev.keyswitch.keygen.internal.kernel.Lanes.SECOND;
import static dev.keyswitch.keygen.internal.kernel.Lanes.TWOS0;
import static dev.keyswitch.keygen.internal.kernel.Lanes.TWOS1;
import static jdk.incubator.vector.VectorOperators.B2L;
import static jdk.incubator.vector.VectorOperators.L2D;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.UMIN;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import dev.keyswitch.keygen.internal.ring.RealPowers;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/// The transform in double precision, eight residues at a time, for moduli between 2^22 and 2^46. All numbers are integers and all results exact.
///
/// A butterfly needs x·w mod q for |w| ≤ q/2. With h = x·w rounded and b = h/q rounded to an integer, x·w − b·q is the sum of h − b·q and
/// x·w − h; a fused multiply-add gives each without error. What is left lies within ±q·(1/2 + ε). Three roundings in b lose 3·2^−53 of it, so
/// for |x| ≤ X·q, ε ≤ 3/2·X·q·2^−53.
///
/// The first layers take noise of at most 21 in absolute value as it is, by [sums of products][dev.keyswitch.keygen.internal.ring.FirstLayers],
/// which stay within 8·21·q/2 = 84·q < 2^53. From there on numbers grow by at most (1/2 + ε)·q in each layer, without reduction: below 2^44,
/// after three layers at once and 12 others, or fewer at once and 15 others, to less than 96·q < 2^51, with ε ≤ 0.29. Above 2^44 they are
/// reduced once, to ±0.6·q, and stay within ±10·q < 2^50.
///
/// The loops are flat: the compiler keeps vectors in registers only within one method, and gives up on helpers inside a loop this large.
/// `n` is −w; `h` and `p` are the rounded product and the reduced one.
final class RealTransform {
    /// Below this, quotients of 64-bit words do not fit.
    private static final long SMALLEST = 1L << 22;
    private static final long LIMIT = 1L << 46;
    /// From here on there is no room for what the first layers leave.
    private static final long ROOMY = 1L << 44;
    /// Added to a number below 2^51 it rounds that to an integer, which then stands in the lowest bits.
    static final double ROUND = 0x1.8p52;
    /// A word loses so many bits to become a number without rounding.
    private static final int HALVING = 11;
    private static final double HALVED = 1L << HALVING;

    private RealTransform() {}

    static boolean serves(long modulus) {
        return SMALLEST < modulus && modulus < LIMIT;
    }

    /// x ← the transform of `noise`, within ±96·q.
    ///
    /// @param noise at most 21 in absolute value; 64 at least
    /// @param first weights of the first layers
    static void forward(byte[] noise, double[] x, double[] first, RealPowers powers) {
        int layers = Integer.numberOfTrailingZeros(x.length / LANES);
        int blocks = 1 << (layers + 2) % 3 + 1;
        switch (blocks) {
            case 2 -> firstTwo(noise, x, first);
            case 4 -> firstFour(noise, x, first);
            default -> firstEight(noise, x, first);
        }
        if (powers.modulus() >= ROOMY) {
            reduce(x, powers);
        }
        for (; blocks < x.length / LANES; blocks *= 8) {
            eight(x, powers, blocks);
        }
        lanes(x, powers);
    }

    /// The first layer, from the noise.
    private static void firstTwo(byte[] noise, double[] x, double[] w) {
        DoubleVector w0 = DoubleVector.broadcast(REALS, w[0]);
        DoubleVector w1 = DoubleVector.broadcast(REALS, w[1]);
        int part = x.length >> 1;
        for (int i = 0; i < part; i += LANES) {
            DoubleVector x0 = (DoubleVector) ByteVector.fromArray(BYTES, noise, i).convertShape(B2L, LONGS, 0).convert(L2D, 0);
            DoubleVector x1 = (DoubleVector) ByteVector.fromArray(BYTES, noise, i + part).convertShape(B2L, LONGS, 0).convert(L2D, 0);
            DoubleVector c = x0.mul(w0), d = x1.mul(w1);
            c.add(d).intoArray(x, i);
            c.sub(d).intoArray(x, i + part);
        }
    }

    /// The first two layers, from the noise.
    private static void firstFour(byte[] noise, double[] x, double[] w) {
        DoubleVector w0 = DoubleVector.broadcast(REALS, w[0]);
        DoubleVector w1 = DoubleVector.broadcast(REALS, w[1]);
        DoubleVector w2 = DoubleVector.broadcast(REALS, w[2]);
        DoubleVector w3 = DoubleVector.broadcast(REALS, w[3]);
        DoubleVector w4 = DoubleVector.broadcast(REALS, w[4]);
        DoubleVector w5 = DoubleVector.broadcast(REALS, w[5]);
        int part = x.length >> 2;
        for (int i = 0; i < part; i += LANES) {
            DoubleVector x0 = (DoubleVector) ByteVector.fromArray(BYTES, noise, i).convertShape(B2L, LONGS, 0).convert(L2D, 0);
            DoubleVector x1 = (DoubleVector) ByteVector.fromArray(BYTES, noise, i + part).convertShape(B2L, LONGS, 0).convert(L2D, 0);
            DoubleVector x2 = (DoubleVector) ByteVector.fromArray(BYTES, noise, i + 2 * part).convertShape(B2L, LONGS, 0).convert(L2D, 0);
            DoubleVector x3 = (DoubleVector) ByteVector.fromArray(BYTES, noise, i + 3 * part).convertShape(B2L, LONGS, 0).convert(L2D, 0);
            DoubleVector c = x0.mul(w0), d = x2.mul(w1);
            DoubleVector c0 = c.add(d), c1 = c.sub(d);
            DoubleVector d0 = x1.fma(w2, x3.mul(w3)), d1 = x1.fma(w4, x3.mul(w5));
            c0.add(d0).intoArray(x, i);
            c0.sub(d0).intoArray(x, i + part);
            c1.add(d1).intoArray(x, i + 2 * part);
            c1.sub(d1).intoArray(x, i + 3 * part);
        }
    }

    /// The first three layers, from the noise.
    private static void firstEight(byte[] noise, double[] x, double[] w) {
        DoubleVector w0 = DoubleVector.broadcast(REALS, w[0]);
        DoubleVector w1 = DoubleVector.broadcast(REALS, w[1]);
        DoubleVector w2 = DoubleVector.broadcast(REALS, w[2]);
        DoubleVector w3 = DoubleVector.broadcast(REALS, w[3]);
        DoubleVector w4 = DoubleVector.broadcast(REALS, w[4]);
        DoubleVector w5 = DoubleVector.broadcast(REALS, w[5]);
        DoubleVector w6 = DoubleVector.broadcast(REALS, w[6]);
        DoubleVector w7 = DoubleVector.broadcast(REALS, w[7]);
        DoubleVector w8 = DoubleVector.broadcast(REALS, w[8]);
        DoubleVector w9 = DoubleVector.broadcast(REALS, w[9]);
        DoubleVector w10 = DoubleVector.broadcast(REALS, w[10]);
        DoubleVector w11 = DoubleVector.broadcast(REALS, w[11]);
        DoubleVector w12 = DoubleVector.broadcast(REALS, w[12]);
        DoubleVector w13 = DoubleVector.broadcast(REALS, w[13]);
        DoubleVector w14 = DoubleVector.broadcast(REALS, w[14]);
        DoubleVector w15 = DoubleVector.broadcast(REALS, w[15]);
        DoubleVector w16 = DoubleVector.broadcast(REALS, w[16]);
        DoubleVector w17 = DoubleVector.broadcast(REALS, w[17]);
        DoubleVector w18 = DoubleVector.broadcast(REALS, w[18]);
        DoubleVector w19 = DoubleVector.broadcast(REALS, w[19]);
        DoubleVector w20 = DoubleVector.broadcast(REALS, w[20]);
        DoubleVector w21 = DoubleVector.broadcast(REALS, w[21]);
        int part = x.length >> 3;
        for (int i = 0; i < part; i += LANES) {
            DoubleVector x0 = (DoubleVector) ByteVector.fromArray(BYTES, noise, i).convertShape(B2L, LONGS, 0).convert(L2D, 0);
            DoubleVector x1 = (DoubleVector) ByteVector.fromArray(BYTES, noise, i + part).convertShape(B2L, LONGS, 0).convert(L2D, 0);
            DoubleVector x2 = (DoubleVector) ByteVector.fromArray(BYTES, noise, i + 2 * part).convertShape(B2L, LONGS, 0).convert(L2D, 0);
            DoubleVector x3 = (DoubleVector) ByteVector.fromArray(BYTES, noise, i + 3 * part).convertShape(B2L, LONGS, 0).convert(L2D, 0);
            DoubleVector x4 = (DoubleVector) ByteVector.fromArray(BYTES, noise, i + 4 * part).convertShape(B2L, LONGS, 0).convert(L2D, 0);
            DoubleVector x5 = (DoubleVector) ByteVector.fromArray(BYTES, noise, i + 5 * part).convertShape(B2L, LONGS, 0).convert(L2D, 0);
            DoubleVector x6 = (DoubleVector) ByteVector.fromArray(BYTES, noise, i + 6 * part).convertShape(B2L, LONGS, 0).convert(L2D, 0);
            DoubleVector x7 = (DoubleVector) ByteVector.fromArray(BYTES, noise, i + 7 * part).convertShape(B2L, LONGS, 0).convert(L2D, 0);
            DoubleVector c = x0.mul(w0), d = x4.mul(w1);
            DoubleVector c0 = c.add(d), c1 = c.sub(d);
            DoubleVector d0 = x2.fma(w2, x6.mul(w3)), d1 = x2.fma(w4, x6.mul(w5));
            DoubleVector a0 = c0.add(d0), a1 = c0.sub(d0), a2 = c1.add(d1), a3 = c1.sub(d1);
            DoubleVector b0 = x1.fma(w6, x5.fma(w7, x3.fma(w8, x7.mul(w9))));
            DoubleVector b1 = x1.fma(w10, x5.fma(w11, x3.fma(w12, x7.mul(w13))));
            DoubleVector b2 = x1.fma(w14, x5.fma(w15, x3.fma(w16, x7.mul(w17))));
            DoubleVector b3 = x1.fma(w18, x5.fma(w19, x3.fma(w20, x7.mul(w21))));
            a0.add(b0).intoArray(x, i);
            a0.sub(b0).intoArray(x, i + part);
            a1.add(b1).intoArray(x, i + 2 * part);
            a1.sub(b1).intoArray(x, i + 3 * part);
            a2.add(b2).intoArray(x, i + 4 * part);
            a2.sub(b2).intoArray(x, i + 5 * part);
            a3.add(b3).intoArray(x, i + 6 * part);
            a3.sub(b3).intoArray(x, i + 7 * part);
        }
    }

    /// x ← x mod q, within ±0.6·q.
    private static void reduce(double[] x, RealPowers powers) {
        DoubleVector minusQ = DoubleVector.broadcast(REALS, -powers.modulus());
        DoubleVector inverse = DoubleVector.broadcast(REALS, powers.inverse());
        DoubleVector round = DoubleVector.broadcast(REALS, ROUND);
        for (int i = 0; i < x.length; i += LANES) {
            DoubleVector x0 = DoubleVector.fromArray(REALS, x, i);
            x0.fma(inverse, round).sub(round).fma(minusQ, x0).intoArray(x, i);
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

    /// The last three layers, each within two neighbouring vectors; two pairs at a time, for the processor to have something to do while one
    /// waits for its own results. Of the powers only every other one of the last layer comes from memory, and a few of the first: odd ones are
    /// even ones times the fourth root, and those of the layer before are their squares. Large rings wait for memory longer than for that.
    private static void lanes(double[] x, RealPowers powers) {
        double[] values = powers.values();
        double[] evens = powers.evens();
        DoubleVector minusQ = DoubleVector.broadcast(REALS, -powers.modulus());
        DoubleVector inverse = DoubleVector.broadcast(REALS, powers.inverse());
        DoubleVector round = DoubleVector.broadcast(REALS, ROUND);
        DoubleVector root = DoubleVector.broadcast(REALS, values[1]);
        for (int i = 0, t = 0, m = x.length / LANES; i < x.length; i += 4 * LANES, t += LANES, m += LANES / 2) {
            DoubleVector h, w;
            DoubleVector even = DoubleVector.fromArray(REALS, evens, t);
            h = even.mul(root);
            DoubleVector odd = h.fma(inverse, round).sub(round).fma(minusQ, h).add(even.fma(root, h.neg()));
            h = even.mul(even);
            LongVector square = h.fma(inverse, round).sub(round).fma(minusQ, h).add(even.fma(even, h.neg())).reinterpretAsLongs();
            LongVector fours = DoubleVector.fromArray(REALS, values, m).reinterpretAsLongs();
            LongVector a0 = DoubleVector.fromArray(REALS, x, i).reinterpretAsLongs();
            LongVector b0 = DoubleVector.fromArray(REALS, x, i + LANES).reinterpretAsLongs();
            LongVector a1 = DoubleVector.fromArray(REALS, x, i + 2 * LANES).reinterpretAsLongs();
            LongVector b1 = DoubleVector.fromArray(REALS, x, i + 3 * LANES).reinterpretAsLongs();
            DoubleVector x0 = LOW4.selectFrom(a0, b0).reinterpretAsDoubles();
            DoubleVector y0 = HIGH4.selectFrom(a0, b0).reinterpretAsDoubles();
            DoubleVector x1 = LOW4.selectFrom(a1, b1).reinterpretAsDoubles();
            DoubleVector y1 = HIGH4.selectFrom(a1, b1).reinterpretAsDoubles();
            w = FOURS0.selectFrom(fours).reinterpretAsDoubles();
            h = y0.mul(w);
            y0 = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(y0.fma(w.neg(), h));
            w = FOURS1.selectFrom(fours).reinterpretAsDoubles();
            h = y1.mul(w);
            y1 = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(y1.fma(w.neg(), h));
            a0 = x0.add(y0).reinterpretAsLongs();
            b0 = x0.sub(y0).reinterpretAsLongs();
            a1 = x1.add(y1).reinterpretAsLongs();
            b1 = x1.sub(y1).reinterpretAsLongs();
            x0 = LOW2.selectFrom(a0, b0).reinterpretAsDoubles();
            y0 = HIGH2.selectFrom(a0, b0).reinterpretAsDoubles();
            x1 = LOW2.selectFrom(a1, b1).reinterpretAsDoubles();
            y1 = HIGH2.selectFrom(a1, b1).reinterpretAsDoubles();
            w = TWOS0.selectFrom(square).reinterpretAsDoubles();
            h = y0.mul(w);
            y0 = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(y0.fma(w.neg(), h));
            w = TWOS1.selectFrom(square).reinterpretAsDoubles();
            h = y1.mul(w);
            y1 = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(y1.fma(w.neg(), h));
            a0 = x0.add(y0).reinterpretAsLongs();
            b0 = x0.sub(y0).reinterpretAsLongs();
            a1 = x1.add(y1).reinterpretAsLongs();
            b1 = x1.sub(y1).reinterpretAsLongs();
            x0 = EVEN.selectFrom(a0, b0).reinterpretAsDoubles();
            y0 = ODD.selectFrom(a0, b0).reinterpretAsDoubles();
            x1 = EVEN.selectFrom(a1, b1).reinterpretAsDoubles();
            y1 = ODD.selectFrom(a1, b1).reinterpretAsDoubles();
            w = FIRST.selectFrom(even.reinterpretAsLongs(), odd.reinterpretAsLongs()).reinterpretAsDoubles();
            h = y0.mul(w);
            y0 = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(y0.fma(w.neg(), h));
            w = SECOND.selectFrom(even.reinterpretAsLongs(), odd.reinterpretAsLongs()).reinterpretAsDoubles();
            h = y1.mul(w);
            y1 = h.fma(inverse, round).sub(round).fma(minusQ, h).sub(y1.fma(w.neg(), h));
            a0 = x0.add(y0).reinterpretAsLongs();
            b0 = x0.sub(y0).reinterpretAsLongs();
            a1 = x1.add(y1).reinterpretAsLongs();
            b1 = x1.sub(y1).reinterpretAsLongs();
            FIRST.selectFrom(a0, b0).reinterpretAsDoubles().intoArray(x, i);
            SECOND.selectFrom(a0, b0).reinterpretAsDoubles().intoArray(x, i + LANES);
            FIRST.selectFrom(a1, b1).reinterpretAsDoubles().intoArray(x, i + 2 * LANES);
            SECOND.selectFrom(a1, b1).reinterpretAsDoubles().intoArray(x, i + 3 * LANES);
        }
    }

    /// words ← words mod q, fully reduced, from any 64-bit words.
    static void residues(long[] words, int count, Modulus modulus) {
        long modulusValue = modulus.value();
        LongVector q = LongVector.broadcast(LONGS, modulusValue);
        LongVector shift = LongVector.broadcast(LONGS, modulusValue * Double.doubleToRawLongBits(ROUND));
        DoubleVector inverse = DoubleVector.broadcast(REALS, HALVED / modulusValue);
        DoubleVector round = DoubleVector.broadcast(REALS, ROUND);
        for (int i = 0; i < count; i += LANES) {
            LongVector x = LongVector.fromArray(LONGS, words, i);
            LongVector b = ((DoubleVector) x.lanewise(LSHR, HALVING).convert(L2D, 0)).fma(inverse, round).reinterpretAsLongs();
            x = x.add(shift).sub(b.mul(q));
            x.lanewise(UMIN, x.add(q)).intoArray(words, i);
        }
    }

    /// hidden ← −(words · operand + x), fully reduced, from any 64-bit words.
    ///
    /// A word loses its multiples of q first. Then, with h = a·s rounded and b = (h + e)/q rounded to an integer, a·s + e − b·q is the sum of
    /// h − b·q, a·s − h and e, integers below 2^53, and lies within ±0.6·q.
    ///
    /// @param reduces whether also words ← words mod q, fully reduced
    static void hide(long[] words, int count, Operand operand, int start, double[] x, long[] hidden, boolean reduces) {
        long[] values = operand.values();
        long modulus = operand.modulus().value();
        LongVector q = LongVector.broadcast(LONGS, modulus);
        LongVector shift = LongVector.broadcast(LONGS, modulus * Double.doubleToRawLongBits(ROUND));
        LongVector roundBits = LongVector.broadcast(LONGS, Double.doubleToRawLongBits(ROUND));
        DoubleVector inverse = DoubleVector.broadcast(REALS, 1.0 / modulus);
        DoubleVector inverse2 = DoubleVector.broadcast(REALS, HALVED / modulus);
        DoubleVector minusQ = DoubleVector.broadcast(REALS, -(double) modulus);
        DoubleVector round = DoubleVector.broadcast(REALS, ROUND);
        for (int i = 0; i < count; i += LANES) {
            LongVector word = LongVector.fromArray(LONGS, words, i);
            LongVector b = ((DoubleVector) word.lanewise(LSHR, HALVING).convert(L2D, 0)).fma(inverse2, round).reinterpretAsLongs();
            LongVector residue = word.add(shift).sub(b.mul(q));
            if (reduces) {
                residue.lanewise(UMIN, residue.add(q)).intoArray(words, i);
            }
            DoubleVector a = (DoubleVector) residue.convert(L2D, 0);
            DoubleVector s = (DoubleVector) LongVector.fromArray(LONGS, values, start + i).convert(L2D, 0);
            DoubleVector e = DoubleVector.fromArray(REALS, x, start + i);
            DoubleVector h = a.mul(s);
            DoubleVector r = h.add(e).fma(inverse, round).sub(round).fma(minusQ, h).add(a.fma(s, h.neg())).add(e);
            LongVector negated = roundBits.sub(r.add(round).reinterpretAsLongs());
            negated.lanewise(UMIN, negated.add(q)).intoArray(hidden, i);
        }
    }
}
