package dev.keyswitch.keygen.internal.kernel;

import static dev.keyswitch.keygen.internal.kernel.Lanes.BYTES;
import static dev.keyswitch.keygen.internal.kernel.Lanes.GROUP_DOWN;
import static dev.keyswitch.keygen.internal.kernel.Lanes.GROUP_ENDS;
import static dev.keyswitch.keygen.internal.kernel.Lanes.GROUP_STARTS;
import static dev.keyswitch.keygen.internal.kernel.Lanes.GROUP_UP;
import static dev.keyswitch.keygen.internal.kernel.Lanes.LANES;
import static dev.keyswitch.keygen.internal.kernel.Lanes.LONGS;
import static dev.keyswitch.keygen.internal.kernel.Lanes.LOW;
import static jdk.incubator.vector.VectorOperators.L2B;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.UGT;
import static jdk.incubator.vector.VectorOperators.UMAX;
import static jdk.incubator.vector.VectorOperators.UMIN;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import dev.keyswitch.keygen.internal.hash.Blake2b;
import dev.keyswitch.keygen.internal.hash.Blake2xb;
import dev.keyswitch.keygen.internal.random.CenteredBinomial;
import dev.keyswitch.keygen.internal.ring.Automorphism;
import dev.keyswitch.keygen.internal.ring.NttTable;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;

/// Eight words at a time. Only rows of 64 words and more; shorter ones are left to plain Java. High words of products are at most 2 too
/// small, as in [WideTransform].
final class VectorGeneration implements GenerationKernel {
    private static final int SHORTEST = 64;

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
        if (RealTransform.serves(modulus.value())) {
            RealTransform.residues(words, count, modulus);
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

    /// The ones of both halves are counted byte by byte, all at once.
    @Override
    public void binomial(long[] words, int count, byte[] noise, int start) {
        if (count < LANES) {
            scalar.binomial(words, count, noise, start);
            return;
        }
        LongVector zeros = LongVector.broadcast(LONGS, 0);
        for (int i = 0, word = 0; i < count; i += LANES, word += 6) {
            LongVector six = LongVector.fromArray(LONGS, words, word);
            LongVector upper = GROUP_ENDS.selectFrom(six, zeros).lanewise(LSHL, GROUP_UP);
            LongVector x = GROUP_STARTS.selectFrom(six).lanewise(LSHR, GROUP_DOWN).or(upper).and(CenteredBinomial.BITS);
            x = x.sub(x.lanewise(LSHR, 1).and(0x5555555555555555L));
            x = x.and(0x3333333333333333L).add(x.lanewise(LSHR, 2).and(0x3333333333333333L));
            x = x.add(x.lanewise(LSHR, 4)).and(0x0F0F0F0F0F0F0F0FL).mul(0x010101);
            x = x.lanewise(LSHR, 16).and(0xFF).sub(x.lanewise(LSHR, 40).and(0xFF));
            ((ByteVector) x.convertShape(L2B, BYTES, 0)).intoArray(noise, start + i);
        }
    }

    @Override
    public void transform(byte[] noise, long factor, NttTable table, Workspace workspace) {
        if (noise.length < SHORTEST) {
            scalar.transform(noise, factor, table, workspace);
        } else if (RealTransform.serves(table.modulus().value())) {
            RealTransform.forward(noise, workspace.reals(), table.realWeights(factor), table.real());
        } else {
            WideTransform.forward(noise, workspace.words(), table.wideWeights(factor), table.wide());
        }
    }

    @Override
    public void hide(long[] words, int count, Operand operand, int start, Workspace workspace, long[] hidden) {
        if (workspace.words().length < SHORTEST) {
            scalar.hide(words, count, operand, start, workspace, hidden);
        } else if (RealTransform.serves(operand.modulus().value())) {
            RealTransform.hide(words, count, operand, start, workspace.reals(), hidden, false);
        } else {
            WideTransform.hide(words, count, operand, start, workspace.words(), hidden);
        }
    }

    @Override
    public void hideReducing(long[] words, int count, Operand operand, int start, Workspace workspace, long[] hidden) {
        if (workspace.words().length >= SHORTEST && RealTransform.serves(operand.modulus().value())) {
            RealTransform.hide(words, count, operand, start, workspace.reals(), hidden, true);
        } else {
            residues(words, count, operand.modulus());
            hide(words, count, operand, start, workspace, hidden);
        }
    }

    @Override
    public void addProduct(long[] row, int count, long[] addend, int start, long factor, Modulus modulus) {
        if (count < LANES) {
            scalar.addProduct(row, count, addend, start, factor, modulus);
            return;
        }
        LongVector q = LongVector.broadcast(LONGS, modulus.value());
        LongVector w = LongVector.broadcast(LONGS, factor);
        LongVector low = LongVector.broadcast(LONGS, modulus.companion(factor) & 0xFFFFFFFFL);
        LongVector high = LongVector.broadcast(LONGS, modulus.companion(factor) >>> 32);
        for (int i = 0; i < count; i += LANES) {
            LongVector x = LongVector.fromArray(LONGS, addend, start + i);
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
        if (row.length < LANES) {
            scalar.image(row, automorphism, target);
            return;
        }
        int[] sources = automorphism.sources();
        long[] orders = automorphism.orders();
        for (int i = 0; i < sources.length; i++) {
            LongVector group = LongVector.fromArray(LONGS, row, sources[i] & -LANES);
            LongVector.fromArray(LONGS, orders, (sources[i] & LANES - 1) * LANES).selectFrom(group).intoArray(target, i * LANES);
        }
    }
}
