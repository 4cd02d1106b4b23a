package dev.keyswitch.keygen.internal.kernel;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import dev.keyswitch.keygen.internal.random.CenteredBinomial;
import dev.keyswitch.keygen.internal.ring.Automorphism;
import dev.keyswitch.keygen.internal.ring.NttTable;

/// The inner loops of key generation. Implementations give the same results and differ in speed only; where a result is only bounded,
/// its residue is the same. They keep no state, so one serves all threads, and do not branch on secrets.
public interface GenerationKernel {
    /// How many roots are made in one go.
    int ROOTS = 8;

    boolean usesVectors();

    /// roots ← the roots of [#ROOTS] buffers of BLAKE2Xb, 8 words each.
    ///
    /// @param chain state after the seed
    /// @param counter of the first buffer
    /// @param schedule room for a message schedule
    void roots(long[] chain, long counter, long[] schedule, long[] roots);

    /// Writes the 512 words of the buffer that belongs to one root.
    ///
    /// @param from where the root begins in `roots`
    /// @param schedule room for a message schedule
    void nodes(long[] roots, int from, long[] schedule, long[] target, int offset);

    /// Whether one of the first `count` words, unsigned, is larger than the bound. Words are public.
    boolean exceeds(long[] words, int count, long bound);

    /// words ← words mod q for the first `count`, fully reduced, from any 64-bit words.
    void residues(long[] words, int count, Modulus modulus);

    /// Part of the row, from `start` on ← the first `count` words times that part of the operand, below 4q, whatever the words' 64 bits.
    void product(long[] words, int count, Operand operand, int start, long[] row);

    /// Noise, from `start` on ← for each of `count` groups of six bytes, the number of ones among the lowest 21 bits of its first half minus that
    /// of its second.
    ///
    /// @param words the groups, one after the other in little-endian words; two more are read
    /// @param count a multiple of four
    void binomial(long[] words, int count, byte[] noise, int start);

    /// Workspace ← NTT form of noise times a factor.
    ///
    /// @param noise at most [CenteredBinomial#BOUND] in absolute value
    /// @param factor fully reduced
    void transform(byte[] noise, long factor, NttTable table, Workspace workspace);

    /// hidden ← −(words · operand + noise), fully reduced: the first `count` words, whatever their 64 bits, times that part of the operand that
    /// begins at `start`, and that part of what was transformed into the workspace.
    void hide(long[] words, int count, Operand operand, int start, Workspace workspace, long[] hidden);

    /// The same, and words ← words mod q, fully reduced.
    void hideReducing(long[] words, int count, Operand operand, int start, Workspace workspace, long[] hidden);

    /// row ← row + addend · factor for the first `count` of a row and the addends from `start` on; fully reduced, from a fully reduced row, any
    /// 64-bit addends and a factor below q.
    void addProduct(long[] row, int count, long[] addend, int start, long factor, Modulus modulus);

    /// target ← the image of a row in NTT form.
    void image(long[] row, Automorphism automorphism, long[] target);
}
