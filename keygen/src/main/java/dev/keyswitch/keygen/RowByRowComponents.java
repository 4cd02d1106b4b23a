package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.random.ByteStream;
import dev.keyswitch.keygen.internal.random.KeyRandomness;
import dev.keyswitch.keygen.internal.ring.CoefficientPoly;
import dev.keyswitch.keygen.internal.wire.Row;
import dev.keyswitch.keygen.internal.wire.RowBuffer;
import dev.keyswitch.keygen.internal.wire.WireWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Plain components too large for the cache: threads make them a row at a time, and a row of the first polynomial is written while the cache still has it. Rows of
/// the second wait until all of the first are written. Each thread takes words for the second from a stream of its own; noise belongs to a component.
final class RowByRowComponents implements Components {
    private final ComponentPlan plan;
    private final int rows;
    private final byte[] head;
    private final SharedNoise noise;
    private final RowBuffer[] secondPolynomials;
    private final OrderedWork<RowBuffer> work;
    private int next;

    /// @param threads how many make rows, the caller's included
    RowByRowComponents(ComponentPlan plan, int threads, Supplier<RowGenerator> generators, Supplier<KeyRandomness> randomness) {
        this.plan = plan;
        rows = plan.rows();
        head = plan.head();
        noise = new SharedNoise(plan.degree(), rows);
        secondPolynomials = new RowBuffer[rows + OrderedWork.buffers(threads)];
        Arrays.setAll(secondPolynomials, _ -> new RowBuffer(plan.degree()));
        work = new OrderedWork<>(totalRows(plan), threads, () -> new OneThread(generators.get(), randomness.get()));
    }

    /// How many threads may work within the memory that one run may take: there are as many rows of first polynomials as buffers, and of second ones those of a
    /// component more.
    static int threads(int wanted, ComponentPlan plan, long memory) {
        long rowBytes = (long) plan.degree() * Long.BYTES;
        return OrderedWork.threads(Math.min(wanted, totalRows(plan)), (memory / rowBytes - plan.rows()) / 2);
    }

    private static int totalRows(ComponentPlan plan) {
        return Math.multiplyExact(plan.total(), plan.rows());
    }

    @Override
    public void writeNext(WireWriter out) throws IOException {
        out.octets(head);
        for (int prime = 0; prime < rows; prime++) {
            RowBuffer row = work.next();
            out.octets(row.bytes());
            work.giveBack(row);
        }
        for (int prime = 0; prime < rows; prime++) {
            out.octets(secondPolynomial(next * rows + prime).bytes());
        }
        next++;
    }

    /// Noise is cleared when no thread needs it any more.
    @Override
    public void close() {
        try (noise) {
            work.close();
        }
    }

    /// Has been written when it is needed again, for row `number`: then all first rows up to `number - buffers` have been given back, so the components before that
    /// row's are written whole, and `number - buffers - rows` belongs to one of those.
    private RowBuffer secondPolynomial(int number) {
        return secondPolynomials[number % secondPolynomials.length];
    }

    private final class OneThread implements OrderedWork.Worker<RowBuffer> {
        private final RowGenerator generator;
        private final KeyRandomness randomness;
        private int component;
        private @Nullable ByteStream words;

        OneThread(RowGenerator generator, KeyRandomness randomness) {
            this.generator = generator;
            this.randomness = randomness;
        }

        @Override
        public RowBuffer make(int number, @Nullable RowBuffer used) {
            RowBuffer buffer = used == null ? new RowBuffer(plan.degree()) : used;
            Row row = new Row(buffer.words(), secondPolynomial(number).words());
            make(number / rows, number % rows, row);
            return buffer;
        }

        @Override
        public void close() {
            generator.close();
            randomness.close();
        }

        /// Rejected words are replaced at once, since the row will be gone when all others are made.
        private void make(int ofComponent, int prime, Row row) {
            ByteStream stream = words(ofComponent);
            CoefficientPoly shared = noise.of(ofComponent, poly -> generator.noise(randomness.noise(), poly));
            generator.row(new RowGenerator.Source(stream, shared), prime, plan.target(ofComponent, prime), row);
            generator.replaceRejected(stream, _ -> row);
            noise.rowMade(ofComponent);
        }

        /// Begun before noise is drawn, as for whole components.
        private ByteStream words(int ofComponent) {
            ByteStream present = words;
            if (present == null || component != ofComponent) {
                present = randomness.uniform();
                words = present;
                component = ofComponent;
            }
            return present;
        }
    }
}
