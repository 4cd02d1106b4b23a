package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.wire.ComponentStream;
import dev.keyswitch.keygen.internal.wire.WireWriter;
import java.io.IOException;

/// Makes each component when its turn has come, and writes it while it is made.
final class StreamedComponents implements Components {
    private final ComponentPlan plan;
    private final ComponentGenerator generator;
    private final ComponentStream stream;
    private int next;

    StreamedComponents(ComponentPlan plan, ComponentGenerator generator) {
        this.plan = plan;
        this.generator = generator;
        stream = plan.stream();
    }

    @Override
    public void writeNext(WireWriter out) throws IOException {
        stream.begin(out);
        plan.generate(generator, next++, stream);
    }

    @Override
    public void close() {
        generator.close();
    }
}
