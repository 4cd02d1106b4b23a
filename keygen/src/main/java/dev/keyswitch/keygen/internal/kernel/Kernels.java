package dev.keyswitch.keygen.internal.kernel;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Which kernel serves at present: plain Java, until vector instructions are there, are wide enough to win, and are compiled. Before that they
/// are tens of times slower than plain Java.
public final class Kernels {
    private static final String VECTOR_MODULE = "jdk.incubator.vector";
    /// After so much work in plain Java it pays to have the vectors compiled, which costs about two seconds of a processor.
    private static final long WORTHWHILE_NANOS = 200_000_000;

    private static final GenerationKernel SCALAR = new ScalarGeneration();
    private static final AtomicBoolean WARMING = new AtomicBoolean();
    private static final AtomicLong SCALAR_NANOS = new AtomicLong();
    private static final AtomicInteger AT_WORK = new AtomicInteger();
    private static volatile GenerationKernel present = SCALAR;

    private Kernels() {}

    public static GenerationKernel present() {
        return present;
    }

    /// Does what a kernel is there for, and counts it.
    public static void work(GenerationKernel kernel, Runnable work) {
        if (kernel.usesVectors()) {
            work.run();
            return;
        }
        long start = System.nanoTime();
        AT_WORK.incrementAndGet();
        try {
            work.run();
        } finally {
            AT_WORK.decrementAndGet();
        }
        if (SCALAR_NANOS.addAndGet(System.nanoTime() - start) > WORTHWHILE_NANOS) {
            warmUp();
        }
    }

    /// Begins to warm up the vector kernel in the background unless that has begun before, and lets it serve when it has proved faster. The
    /// first work in plain Java goes before it: both need the same compiler.
    public static void warmUp() {
        if (vectorsWin() && WARMING.compareAndSet(false, true)) {
            Thread.ofPlatform().name("keygen-warm-up").daemon().start(() -> {
                GenerationKernel vector = new VectorGeneration(SCALAR);
                if (new WarmUp(SCALAR, vector, Kernels::firstWorkIsDone).proves()) {
                    present = vector;
                }
            });
        }
    }

    private static boolean firstWorkIsDone() {
        return AT_WORK.get() == 0 || SCALAR_NANOS.get() > WORTHWHILE_NANOS;
    }

    /// For tests and benchmarks: plain Java, always.
    public static GenerationKernel scalar() {
        return SCALAR;
    }

    /// For tests and benchmarks: vectors at once, cold as they are; plain Java where they are missing.
    public static GenerationKernel vector() {
        return vectorsWin() ? new VectorGeneration(SCALAR) : SCALAR;
    }

    /// Whether this Java runs with the vector module and its optimising compiler, on a processor that works on 512 bits at a time.
    public static boolean vectorsWin() {
        return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent() && optimises() && Lanes.arePreferred();
    }

    /// The virtual machine says so when it was told to do without.
    private static boolean optimises() {
        String mode = System.getProperty("java.vm.info", "");
        return !mode.contains("emulated-client") && !mode.contains("interpreted");
    }
}
