package dev.keyswitch.keygen.internal.kernel;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import dev.keyswitch.keygen.internal.hash.Blake2b;
import dev.keyswitch.keygen.internal.hash.Blake2xb;
import dev.keyswitch.keygen.internal.ring.Automorphism;
import dev.keyswitch.keygen.internal.ring.NttTable;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Runs a kernel on made-up data, never on secrets, through every path that generation takes, until it is compiled and beats another one.
final class WarmUp {
    /// One degree for each way in which the transforms begin. Small ones: the compiler counts calls, and looks at none before the 600th.
    private static final int[] DEGREES = {256, 512, 1024};
    private static final int TRANSFORMS = 8;
    /// 45 and 60 bits: one for each transform, through all of its steps; 1 modulo twice the largest degree.
    private static final long[] PRIMES = {17592186062849L, 1152921504606830593L};
    /// Of an automorphism; any odd number will do.
    private static final int GENERATOR = 3;
    private static final int WINS = 3;
    /// After so many rounds, which is more than it takes, the compiler has all it needs to know, and rounds only ask whether it is done. It may
    /// be kept waiting by other work, or there may be no optimising compiler at all.
    private static final int ROUNDS = 600;
    private static final long PAUSE_NANOS = 20_000_000;
    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final long GIVE_WAY_NANOS = 1_000_000;

    private final GenerationKernel reference;
    private final GenerationKernel candidate;
    private final BooleanSupplier mayGoOn;
    private final long[] roots = new long[GenerationKernel.ROOTS * Blake2xb.ROOT_WORDS];
    private final long[] chain = Blake2xb.rootState();
    private final long[] schedule = new long[Blake2b.SCHEDULE_WORDS];
    private final long[] words = new long[Blake2xb.BUFFER_WORDS];
    private long waitedNanos;

    /// @param mayGoOn asked again and again, and waited for
    WarmUp(GenerationKernel reference, GenerationKernel candidate, BooleanSupplier mayGoOn) {
        this.reference = reference;
        this.candidate = candidate;
        this.mayGoOn = mayGoOn;
    }

    /// Whether the candidate was clearly faster a few times in a row, before patience ran out. Once only.
    boolean proves() {
        giveWay();
        List<Row> rows = Arrays.stream(DEGREES)
                .boxed()
                .flatMap(degree -> Arrays.stream(PRIMES).mapToObj(prime -> new Row(degree, new Modulus(prime))))
                .toList();
        long end = now() + PATIENCE_NANOS;
        int wins = 0;
        for (int round = 0; wins < WINS && now() < end; round++) {
            if (round > ROUNDS) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            long start = now();
            round(candidate, rows);
            long taken = now() - start;
            round(reference, rows);
            wins = 3 * taken < 2 * (now() - start - taken) ? wins + 1 : 0;
        }
        return wins == WINS;
    }

    private void round(GenerationKernel kernel, List<Row> rows) {
        giveWay();
        kernel.roots(chain, 0, schedule, roots);
        for (Row row : rows) {
            row.work(kernel);
        }
    }

    private void giveWay() {
        while (!mayGoOn.getAsBoolean()) {
            long start = System.nanoTime();
            LockSupport.parkNanos(GIVE_WAY_NANOS);
            waitedNanos += System.nanoTime() - start;
        }
    }

    /// Without the time that was waited.
    private long now() {
        return System.nanoTime() - waitedNanos;
    }

    /// The work on one row of a component.
    private final class Row {
        private final Modulus modulus;
        private final NttTable table;
        private final Operand operand;
        private final Automorphism automorphism;
        private final long[] row;
        private final byte[] noise;
        private final byte[] unused;
        private final Workspace workspace;

        Row(int degree, Modulus modulus) {
            this.modulus = modulus;
            table = new NttTable(modulus, degree);
            row = new long[degree];
            noise = new byte[degree];
            unused = new byte[degree];
            workspace = new Workspace(degree);
            automorphism = new Automorphism(degree, GENERATOR);
            operand = new Operand(new long[degree], new long[degree], modulus);
            for (int i = 0; i < degree; i++) {
                noise[i] = (byte) (i % 7 - 3);
                operand.values()[i] = i + 1L;
                operand.companions()[i] = modulus.companion(i + 1L);
            }
        }

        void work(GenerationKernel kernel) {
            giveWay();
            int count = Math.min(words.length, row.length);
            kernel.nodes(roots, 0, schedule, words, 0);
            kernel.exceeds(words, count, -1);
            kernel.residues(words, count, modulus);
            kernel.product(words, count, operand, 0, row);
            kernel.binomial(words, count, unused, 0);
            for (int i = 0; i < TRANSFORMS; i++) {
                giveWay();
                kernel.transform(noise, 1, table, workspace);
            }
            kernel.hideReducing(words, count, operand, 0, workspace, row);
            kernel.hide(words, count, operand, 0, workspace, row);
            kernel.image(operand.values(), automorphism, row);
            kernel.addProduct(row, count, operand.values(), 0, modulus.value() - 1, modulus);
        }
    }
}
