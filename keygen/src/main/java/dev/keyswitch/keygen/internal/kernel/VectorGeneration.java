package dev.keyswitch.keygen.internal.kernel;

import static dev.keyswitch.keygen.internal.kernel.Lanes.LANES;
import static dev.keyswitch.keygen.internal.kernel.Lanes.LONGS;
import static dev.keyswitch.keygen.internal.kernel.Lanes.LOW;
import static dev.keyswitch.keygen.internal.kernel.Lanes.REALS;
import static dev.keyswitch.keygen.internal.kernel.RealTransform.ROUND;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.UGT;
import static jdk.incubator.vector.VectorOperators.UMAX;
import static jdk.incubator.vector.VectorOperators.UMIN;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import dev.keyswitch.keygen.internal.hash.Blake2b;
import dev.keyswitch.keygen.internal.hash.Blake2xb;
import dev.keyswitch.keygen.internal.ring.Automorphism;
import dev.keyswitch.keygen.internal.ring.NttTable;
import dev.keyswitch.keygen.internal.ring.RealPowers;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/// Eight words at a time. Only rows of 16 words and more; shorter ones are left to plain Java. High words of products are at most 2 too
/// small, as in [WideTransform].
final class VectorGeneration implements GenerationKernel {
    private static final int SHORTEST = 16;

    private final GenerationKernel scalar;

    VectorGeneration(GenerationKernel scalar) {
        this.scalar = scalar;
    }

    @Override
    public boolean usesVectors() {
        return true;
    }

    @Override
    public void roots(long[] chain, long counter, long[] schedule, long[] roots) {
        long[] counters = new long[Blake2b.SCHEDULE_WORDS * LANES];
        VectorBlake2xb.counters(counter, counters);
        VectorBlake2xb.roots(chain, counters, roots);
    }

    @Override
    public void nodes(long[] roots, int from, long[] schedule, long[] target, int offset) {
        VectorBlake2xb.schedule(roots, from, schedule);
        for (int node = 0; node < Blake2xb.BUFFER / Blake2xb.NODE; node += LANES) {
            VectorBlake2xb.nodes(schedule, node, target, offset + node * Blake2xb.ROOT_WORDS);
        }
    }

    @Override
    public boolean exceeds(long[] words, int count, long bound) {
        if (count < LANES) {
            return scalar.exceeds(words, count, bound);
        }
        LongVector largest = LongVector.broadcast(LONGS, 0);
        for (int i = 0; i < count; i += LANES) {
            largest = largest.lanewise(UMAX, LongVector.fromArray(LONGS, words, i));
        }
        return largest.compare(UGT, bound).anyTrue();
    }

    @Override
    public void residues(long[] words, int count, Modulus modulus) {
        if (count < LANES) {
            scalar.residues(words, count, modulus);
            return;
        }
        LongVector q = LongVector.broadcast(LONGS, modulus.value());
        LongVector twoQ = LongVector.broadcast(LONGS, 2 * modulus.value());
        LongVector low = LongVector.broadcast(LONGS, modulus.ratio() & 0xFFFFFFFFL);
        LongVector high = LongVector.broadcast(LONGS, modulus.ratio() >>> 32);
        for (int i = 0; i < count; i += LANES) {
            LongVector x = LongVector.fromArray(LONGS, words, i);
            LongVector h = x.lanewise(LSHR, 32);
            LongVector r = x.sub(h.mul(high).add(h.mul(low).lanewise(LSHR, 32)).add(x.and(LOW).mul(high).lanewise(LSHR, 32)).mul(q));
            r = r.lanewise(UMIN, r.sub(twoQ));
            r.lanewise(UMIN, r.sub(q)).intoArray(words, i);
        }
    }

    @Override
    public void product(long[] words, int count, Operand operand, int start, long[] row) {
        if (count < LANES) {
            scalar.product(words, count, operand, start, row);
            return;
        }
        long[] values = operand.values();
        long[] companions = operand.companions();
        LongVector q = LongVector.broadcast(LONGS, operand.modulus().value());
        for (int i = 0; i < count; i += LANES) {
            LongVector x = LongVector.fromArray(LONGS, words, i);
            LongVector c = LongVector.fromArray(LONGS, companions, start + i);
            LongVector h = x.lanewise(LSHR, 32);
            LongVector g = c.lanewise(LSHR, 32);
            LongVector quotient =
                    h.mul(g).add(h.mul(c.and(LOW)).lanewise(LSHR, 32)).add(x.and(LOW).mul(g).lanewise(LSHR, 32));
            x.mul(LongVector.fromArray(LONGS, values, start + i)).sub(quotient.mul(q)).intoArray(row, start + i);
        }
    }

    @Override
    public void hide(long[] noise, long[] row, NttTable table, Workspace workspace) {
        if (row.length < SHORTEST) {
            scalar.hide(noise, row, table, workspace);
        } else if (table.modulus().value() < RealTransform.LIMIT) {
            RealTransform.forward(noise, workspace.reals(), table.real());
            hideReal(workspace.reals(), row, table.real());
        } else {
            WideTransform.forward(noise, workspace.words(), table.wide());
            hideWide(workspace.words(), row, table.modulus().value());
        }
    }

    @Override
    public void addProduct(long[] row, long[] addend, long factor, Modulus modulus) {
        if (row.length < LANES) {
            scalar.addProduct(row, addend, factor, modulus);
            return;
        }
        LongVector q = LongVector.broadcast(LONGS, modulus.value());
        LongVector w = LongVector.broadcast(LONGS, factor);
        LongVector low = LongVector.broadcast(LONGS, modulus.companion(factor) & 0xFFFFFFFFL);
        LongVector high = LongVector.broadcast(LONGS, modulus.companion(factor) >>> 32);
        for (int i = 0; i < row.length; i += LANES) {
            LongVector x = LongVector.fromArray(LONGS, addend, i);
            LongVector h = x.lanewise(LSHR, 32);
            LongVector quotient = h.mul(high).add(h.mul(low).lanewise(LSHR, 32)).add(x.and(LOW).mul(high).lanewise(LSHR, 32));
            LongVector sum = x.mul(w).sub(quotient.mul(q)).add(LongVector.fromArray(LONGS, row, i));
            sum = sum.lanewise(UMIN, sum.sub(q.lanewise(LSHL, 2)));
            sum = sum.lanewise(UMIN, sum.sub(q.add(q)));
            sum.lanewise(UMIN, sum.sub(q)).intoArray(row, i);
        }
    }

    @Override
    public void image(long[] row, Automorphism automorphism, long[] target) {
        automorphism.image(row, target);
    }

    /// Numbers within ±13.2·q first lose their multiples of q, which leaves ±0.6·q; then 5q − row − number lies between 0.4q and 5.6q.
    private static void hideReal(double[] numbers, long[] row, RealPowers powers) {
        long modulus = (long) powers.modulus();
        DoubleVector minusQ = DoubleVector.broadcast(REALS, -powers.modulus());
        DoubleVector inverse = DoubleVector.broadcast(REALS, powers.inverse());
        DoubleVector round = DoubleVector.broadcast(REALS, ROUND);
        LongVector q = LongVector.broadcast(LONGS, modulus);
        LongVector twoQ = LongVector.broadcast(LONGS, 2 * modulus);
        LongVector fourQ = LongVector.broadcast(LONGS, 4 * modulus);
        LongVector start = LongVector.broadcast(LONGS, 5 * modulus + Double.doubleToRawLongBits(ROUND));
        for (int i = 0; i < row.length; i += LANES) {
            DoubleVector e = DoubleVector.fromArray(REALS, numbers, i);
            LongVector bits = e.fma(inverse, round).sub(round).fma(minusQ, e).add(round).reinterpretAsLongs();
            LongVector x = start.sub(bits).sub(LongVector.fromArray(LONGS, row, i));
            x = x.lanewise(UMIN, x.sub(fourQ));
            x = x.lanewise(UMIN, x.sub(twoQ));
            x.lanewise(UMIN, x.sub(q)).intoArray(row, i);
        }
    }

    /// Numbers below 8q.
    private static void hideWide(long[] numbers, long[] row, long modulus) {
        LongVector q = LongVector.broadcast(LONGS, modulus);
        LongVector twoQ = LongVector.broadcast(LONGS, 2 * modulus);
        LongVector fourQ = LongVector.broadcast(LONGS, 4 * modulus);
        LongVector eightQ = LongVector.broadcast(LONGS, 8 * modulus);
        LongVector zero = LongVector.broadcast(LONGS, 0);
        for (int i = 0; i < row.length; i += LANES) {
            LongVector x = LongVector.fromArray(LONGS, numbers, i).add(LongVector.fromArray(LONGS, row, i));
            x = x.lanewise(UMIN, x.sub(eightQ));
            x = x.lanewise(UMIN, x.sub(fourQ));
            x = x.lanewise(UMIN, x.sub(twoQ));
            x = zero.sub(x.lanewise(UMIN, x.sub(q)));
            x.lanewise(UMIN, x.add(q)).intoArray(row, i);
        }
    }
}
