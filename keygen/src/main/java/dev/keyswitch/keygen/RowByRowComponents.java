package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.random.ByteStream;
import dev.keyswitch.keygen.internal.random.KeyRandomness;
import dev.keyswitch.keygen.internal.ring.CoefficientPoly;
import dev.keyswitch.keygen.internal.wire.Row;
import dev.keyswitch.keygen.internal.wire.RowBuffer;
import dev.keyswitch.keygen.internal.wire.WireWriter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Plain components too large for the cache: threads make them a row at a time, and a row of the first polynomial is written while the cache still has it. Rows of
/// the second wait until all of the first are written. Each thread takes words for the second from a stream of its own; noise belongs to a component.
final class RowByRowComponents implements Components {
    private final ComponentPlan plan;
    private final int rows;
    private final byte[] head;
    private final SharedNoise noise;
    /// Of the present component, until all of its first polynomial is written.
    private final List<RowBuffer> secondPolynomial = new ArrayList<>();
    private final Deque<RowBuffer> freeForSecond = new ArrayDeque<>();
    private final OrderedWork<Rows> work;

    /// @param threads how many make rows, the caller's included
    RowByRowComponents(ComponentPlan plan, int threads, Supplier<RowGenerator> generators, Supplier<KeyRandomness> randomness) {
        this.plan = plan;
        rows = plan.rows();
        head = plan.head();
        noise = new SharedNoise(plan.degree(), rows);
        work = new OrderedWork<>(totalRows(plan), threads, () -> new OneThread(generators.get(), randomness.get()));
    }

    /// Of both polynomials, under the same prime.
    private record Rows(RowBuffer first, RowBuffer second) {}

    /// How many threads may work within the memory that one run may take: a buffer has a row of both polynomials, and a component's rows of the second
    /// one wait for the first.
    static int threads(int wanted, ComponentPlan plan, long memory) {
        long rowBytes = (long) plan.degree() * Long.BYTES;
        return OrderedWork.threads(Math.min(wanted, totalRows(plan)), (memory / rowBytes - plan.rows()) / 2);
    }

    private static int totalRows(ComponentPlan plan) {
        return Math.multiplyExact(plan.total(), plan.rows());
    }

    /// Where a row of the first polynomial was, another can be made at once, with room elsewhere for one of the second.
    @Override
    public void writeNext(WireWriter out) throws IOException {
        out.octets(head);
        for (int prime = 0; prime < rows; prime++) {
            Rows made = work.next();
            out.octets(made.first.bytes());
            secondPolynomial.add(made.second);
            RowBuffer free = freeForSecond.poll();
            work.giveBack(new Rows(made.first, free == null ? newRow() : free));
        }
        for (RowBuffer row : secondPolynomial) {
            out.octets(row.bytes());
            freeForSecond.push(row);
        }
        secondPolynomial.clear();
    }

    /// Noise is cleared when no thread needs it any more.
    @Override
    public void close() {
        try (noise) {
            work.close();
        }
    }

    private RowBuffer newRow() {
        return new RowBuffer(plan.degree());
    }

    private final class OneThread implements OrderedWork.Worker<Rows> {
        private final RowGenerator generator;
        private final KeyRandomness randomness;
        private int component;
        private @Nullable ByteStream words;

        OneThread(RowGenerator generator, KeyRandomness randomness) {
            this.generator = generator;
            this.randomness = randomness;
        }

        @Override
        public Rows make(int number, @Nullable Rows used) {
            Rows made = used == null ? new Rows(newRow(), newRow()) : used;
            make(number / rows, number % rows, new Row(made.first.words(), made.second.words()));
            return made;
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
