package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.wire.ComponentBuffer;
import dev.keyswitch.keygen.internal.wire.WireWriter;
import java.io.IOException;

/// Makes each component when its turn has come, on the thread that writes it.
final class SequentialComponents implements Components {
    private final ComponentPlan plan;
    private final ComponentGenerator generator;
    private final ComponentBuffer buffer;
    private int next;

    SequentialComponents(ComponentPlan plan, ComponentGenerator generator) {
        this.plan = plan;
        this.generator = generator;
        buffer = plan.bufferInOrder();
    }

    @Override
    public void writeNext(WireWriter out) throws IOException {
        buffer.begin(out);
        plan.generate(generator, next++, buffer);
        buffer.end();
    }

    @Override
    public void close() {
        generator.close();
    }
}
