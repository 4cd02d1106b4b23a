package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.wire.ComponentBuffer;
import dev.keyswitch.keygen.internal.wire.WireWriter;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Components that threads make whole, each in a buffer of its own.
final class WholeComponents implements Components {
    private final OrderedWork<ComponentBuffer> work;

    /// @param threads how many make components, the caller's included
    WholeComponents(ComponentPlan plan, int threads, Supplier<ComponentGenerator> generators) {
        work = new OrderedWork<>(plan.total(), threads, () -> new OneThread(plan, generators.get()));
    }

    /// How many threads may work within the memory that one run may take.
    static int threads(int wanted, ComponentPlan plan, long memory) {
        return OrderedWork.threads(Math.min(wanted, plan.total()), memory / plan.componentBytes());
    }

    @Override
    public void writeNext(WireWriter out) throws IOException {
        ComponentBuffer buffer = work.next();
        out.octets(buffer.bytes());
        work.giveBack(buffer);
    }

    @Override
    public void close() {
        work.close();
    }

    private record OneThread(ComponentPlan plan, ComponentGenerator generator) implements OrderedWork.Worker<ComponentBuffer> {

        @Override
        public ComponentBuffer make(int component, @Nullable ComponentBuffer used) {
            ComponentBuffer buffer = used == null ? plan.buffer() : used;
            plan.generate(generator, component, buffer);
            return buffer;
        }

        @Override
        public void close() {
            generator.close();
        }
    }
}
