package dev.keyswitch.keygen.internal.kernel;

import static dev.keyswitch.keygen.internal.arithmetic.Modulus.multiplyLazily;
import static dev.keyswitch.keygen.internal.arithmetic.Modulus.subtractIfAtLeast;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import dev.keyswitch.keygen.internal.hash.Blake2b;
import dev.keyswitch.keygen.internal.hash.Blake2xb;
import dev.keyswitch.keygen.internal.random.CenteredBinomial;
import dev.keyswitch.keygen.internal.ring.Automorphism;
import dev.keyswitch.keygen.internal.ring.NttTable;
import dev.keyswitch.keygen.internal.ring.RingKernel;
import dev.keyswitch.keygen.internal.ring.ScalarKernel;
import java.util.Arrays;

/// The reference: plain Java on 64-bit words, for every processor and from the first call on.
public final class ScalarGeneration implements GenerationKernel {
    private static final long[] NODE_STATE = Blake2xb.nodeState();

    private final RingKernel ring = new ScalarKernel();

    @Override
    public boolean usesVectors() {
        return false;
    }

    @Override
    public void roots(long[] chain, long counter, long[] schedule, long[] roots) {
        long[] message = new long[Blake2b.BLOCK_WORDS];
        long[] state = new long[Blake2b.STATE_WORDS];
        for (int root = 0; root < ROOTS; root++) {
            System.arraycopy(chain, 0, state, 0, state.length);
            message[0] = counter + root;
            Blake2b.schedule(message, schedule);
            Blake2b.compress(state, schedule, Blake2xb.ROOT_COUNT, Blake2b.FINAL);
            System.arraycopy(state, 0, roots, root * Blake2xb.ROOT_WORDS, state.length);
        }
        Arrays.fill(state, 0);
    }

    @Override
    public void nodes(long[] roots, int from, long[] schedule, long[] target, int offset) {
        long[] message = Arrays.copyOf(Arrays.copyOfRange(roots, from, from + Blake2xb.ROOT_WORDS), Blake2b.BLOCK_WORDS);
        Blake2b.schedule(message, schedule);
        long[] state = new long[Blake2b.STATE_WORDS];
        for (int node = 0; node < Blake2xb.BUFFER / Blake2xb.NODE; node++) {
            System.arraycopy(NODE_STATE, 0, state, 0, state.length);
            state[1] ^= node;
            Blake2b.compress(state, schedule, Blake2xb.NODE, Blake2b.FINAL);
            System.arraycopy(state, 0, target, offset + node * state.length, state.length);
        }
        Arrays.fill(state, 0);
        Arrays.fill(message, 0);
    }

    @Override
    public boolean exceeds(long[] words, int count, long bound) {
        long largest = Long.MIN_VALUE;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, words[i] + Long.MIN_VALUE);
        }
        return largest > bound + Long.MIN_VALUE;
    }

    @Override
    public void residues(long[] words, int count, Modulus modulus) {
        for (int i = 0; i < count; i++) {
            words[i] = modulus.reduce(words[i]);
        }
    }

    @Override
    public void product(long[] words, int count, Operand operand, int start, long[] row) {
        long[] values = operand.values();
        long[] companions = operand.companions();
        long q = operand.modulus().value();
        for (int i = 0; i < count; i++) {
            row[start + i] = multiplyLazily(words[i], values[start + i], companions[start + i], q);
        }
    }

    @Override
    public void binomial(long[] words, int count, byte[] noise, int start) {
        for (int i = 0, word = 0; i < count; i += 4, word += 3) {
            long first = words[word];
            long second = words[word + 1];
            long third = words[word + 2];
            noise[start + i] = CenteredBinomial.difference(first);
            noise[start + i + 1] = CenteredBinomial.difference(first >>> 48 | second << 16);
            noise[start + i + 2] = CenteredBinomial.difference(second >>> 32 | third << 32);
            noise[start + i + 3] = CenteredBinomial.difference(third >>> 16);
        }
    }

    @Override
    public void transform(byte[] noise, long factor, NttTable table, Workspace workspace) {
        long[] words = workspace.words();
        ring.lift(noise, words, table.modulus());
        if (factor != 1) {
            ring.scale(words, factor, table.modulus());
        }
        ring.forward(words, table);
    }

    @Override
    public void hide(long[] words, int count, Operand operand, int start, Workspace workspace, long[] hidden) {
        Modulus modulus = operand.modulus();
        long q = modulus.value();
        long[] noise = workspace.words();
        long[] values = operand.values();
        long[] companions = operand.companions();
        for (int i = 0; i < count; i++) {
            long product = multiplyLazily(words[i], values[start + i], companions[start + i], q);
            long below4 = subtractIfAtLeast(product + noise[start + i], 4 * q);
            hidden[i] = modulus.negate(subtractIfAtLeast(subtractIfAtLeast(below4, 2 * q), q));
        }
    }

    @Override
    public void hideReducing(long[] words, int count, Operand operand, int start, Workspace workspace, long[] hidden) {
        residues(words, count, operand.modulus());
        hide(words, count, operand, start, workspace, hidden);
    }

    @Override
    public void addProduct(long[] row, int count, long[] addend, int start, long factor, Modulus modulus) {
        long q = modulus.value();
        long companion = modulus.companion(factor);
        for (int i = 0; i < count; i++) {
            long sum = row[i] + multiplyLazily(addend[start + i], factor, companion, q);
            row[i] = subtractIfAtLeast(subtractIfAtLeast(sum, 2 * q), q);
        }
    }

    @Override
    public void image(long[] row, Automorphism automorphism, long[] target) {
        automorphism.image(row, target);
    }
}
