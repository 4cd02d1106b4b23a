package dev.keyswitch.keygen.internal.kernel;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import dev.keyswitch.keygen.internal.hash.Blake2b;
import dev.keyswitch.keygen.internal.hash.Blake2xb;
import dev.keyswitch.keygen.internal.ring.NttTable;
import java.util.Arrays;
import java.util.List;

/// Runs a kernel on made-up data, never on secrets, through every path that generation takes, until it is compiled and beats another one.
final class WarmUp {
    /// One degree for each way in which the transforms begin.
    private static final int[] DEGREES = {1024, 2048, 4096};
    /// 40 and 60 bits: one for each transform; 1 modulo twice the largest degree.
    private static final long[] PRIMES = {1099511480321L, 1152921504606830593L};
    private static final long PATIENCE_NANOS = 30_000_000_000L;
    private static final int WINS = 3;

    private final GenerationKernel reference;
    private final GenerationKernel candidate;
    private final List<Row> rows;
    private final long[] roots = new long[GenerationKernel.ROOTS * Blake2xb.ROOT_WORDS];
    private final long[] schedule = new long[Blake2b.SCHEDULE_WORDS];
    private final long[] words = new long[Blake2xb.BUFFER_WORDS];

    WarmUp(GenerationKernel reference, GenerationKernel candidate) {
        this.reference = reference;
        this.candidate = candidate;
        rows = Arrays.stream(DEGREES)
                .boxed()
                .flatMap(degree -> Arrays.stream(PRIMES).mapToObj(prime -> new Row(degree, new Modulus(prime))))
                .toList();
    }

    /// Whether the candidate was clearly faster a few times in a row, before patience ran out.
    boolean proves() {
        int wins = 0;
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (wins < WINS && System.nanoTime() < end) {
            long start = System.nanoTime();
            round(candidate);
            long between = System.nanoTime();
            round(reference);
            wins = 2 * (between - start) < System.nanoTime() - between ? wins + 1 : 0;
        }
        return wins == WINS;
    }

    private void round(GenerationKernel kernel) {
        for (Row row : rows) {
            row.work(kernel);
        }
    }

    /// The work on one row of a component.
    private final class Row {
        private final Modulus modulus;
        private final NttTable table;
        private final Operand operand;
        private final long[] row;
        private final long[] noise;
        private final Workspace workspace;

        Row(int degree, Modulus modulus) {
            this.modulus = modulus;
            table = new NttTable(modulus, degree);
            row = new long[degree];
            noise = new long[degree];
            workspace = new Workspace(degree);
            operand = new Operand(new long[degree], new long[degree], modulus);
            for (int i = 0; i < degree; i++) {
                noise[i] = i % 7 - 3L;
                operand.values()[i] = i + 1L;
                operand.companions()[i] = modulus.companion(i + 1L);
            }
        }

        void work(GenerationKernel kernel) {
            for (int start = 0; start < row.length; start += words.length) {
                kernel.roots(roots, start, schedule, roots);
                kernel.nodes(roots, 0, schedule, words, 0);
                kernel.exceeds(words, words.length, start);
                kernel.residues(words, words.length, modulus);
                kernel.product(words, words.length, operand, start, row);
            }
            kernel.hide(noise, row, table, workspace);
            kernel.addProduct(row, operand.values(), modulus.value() - 1, modulus);
        }
    }
}
