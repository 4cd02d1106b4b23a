package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.kernel.GenerationKernel;
import dev.keyswitch.keygen.internal.kernel.Kernels;
import dev.keyswitch.keygen.internal.random.FreshRandomness;
import dev.keyswitch.keygen.internal.random.KeyRandomness;
import dev.keyswitch.keygen.internal.wire.WireWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Map;
import java.util.function.Supplier;

/// Makes evaluation keys: relinearisation and rotation keys of a secret key, as SEAL objects one after the other. Every component gets a
/// seed and noise of its own, never used again. Safe for use by many threads.
public final class EvaluationKeyGenerator {
    /// For the components that are being made or wait to be written.
    private static final long BUFFER_BYTES = 32L << 20;

    /// About a core's second-level cache. Plain components that are larger are made row by row.
    private static final long ROW_BY_ROW_FROM = 1 << 20;

    private final Supplier<KeyRandomness> randomness;
    private final int parallelism;
    private final Supplier<GenerationKernel> kernels;
    private final long rowByRowFrom;

    /// One thread for each processor.
    public EvaluationKeyGenerator() {
        this(Runtime.getRuntime().availableProcessors());
    }

    /// Randomness comes from the platform's secure generator.
    ///
    /// @param parallelism how many threads make them at the same time; with 1, everything happens on the caller's thread
    public EvaluationKeyGenerator(int parallelism) {
        this(() -> new FreshRandomness(new SecureRandom()), parallelism, Kernels::present);
    }

    EvaluationKeyGenerator(Supplier<KeyRandomness> randomness, int parallelism, Supplier<GenerationKernel> kernels) {
        this(randomness, parallelism, kernels, ROW_BY_ROW_FROM);
    }

    /// @param rowByRowFrom the size in bytes beyond which plain components are made row by row
    EvaluationKeyGenerator(
            Supplier<KeyRandomness> randomness, int parallelism, Supplier<GenerationKernel> kernels, long rowByRowFrom) {
        if (parallelism < 1) {
            throw new IllegalArgumentException("at least one thread makes components");
        }
        this.randomness = randomness;
        this.parallelism = parallelism;
        this.kernels = kernels;
        this.rowByRowFrom = rowByRowFrom;
    }

    /// Has the vector instructions, if there are any, compiled in the background, so that the first keys are made with them already. Returns
    /// at once. For processes that will make many keys; without it, it happens once a process has made some.
    public static void warmUp() {
        Kernels.warmUp();
    }

    /// Whether this Java has the vector module, and this processor vectors wide enough to win with.
    public static boolean canUseVectors() {
        return Kernels.vectorsWin();
    }

    /// Whether keys are made with vector instructions by now.
    public static boolean usesVectors() {
        return Kernels.present().usesVectors();
    }

    /// Streams exactly `profile.layout().sizeBytes()` bytes, component by component, on the caller's thread and does not close `out`. Needs
    /// memory for a few components, however many keys there are.
    ///
    /// @throws IllegalArgumentException if the secret key belongs to other parameters than the profile
    public void generate(SecretKey secretKey, KeyProfile profile, OutputStream out, ProgressListener progress)
            throws IOException {
        write(profile, out, progress, components(secretKey, profile, parallelism, StageClock.STOPPED));
    }

    /// Does the same on the caller's thread alone and says where the nanoseconds went.
    public Map<GenerationStage, Long> generateMeasured(SecretKey secretKey, KeyProfile profile, OutputStream out)
            throws IOException {
        StageClock clock = StageClock.running();
        write(profile, out, ProgressListener.NONE, components(secretKey, profile, 1, clock));
        return clock.nanos();
    }

    private static void write(KeyProfile profile, OutputStream out, ProgressListener progress, Components components)
            throws IOException {
        try (components;
                WireWriter writer = new WireWriter(out, profile.stamp().major(), profile.stamp().minor())) {
            new EvaluationKeyRun(profile, components, writer, progress).run();
        }
    }

    private Components components(SecretKey secretKey, KeyProfile profile, int wanted, StageClock clock) {
        if (!secretKey.parameters().equals(profile.parameters())) {
            throw new IllegalArgumentException("the secret key belongs to other encryption parameters than the profile");
        }
        ComponentPlan plan = new ComponentPlan(secretKey, profile);
        if (profile.form() == KeyForm.PLAIN && plan.componentBytes() > rowByRowFrom) {
            int threads = RowByRowComponents.threads(wanted, plan, BUFFER_BYTES);
            return new RowByRowComponents(plan, threads, () -> new RowGenerator(secretKey, kernels, clock), randomness);
        }
        int threads = WholeComponents.threads(wanted, plan, BUFFER_BYTES);
        return new WholeComponents(
                plan, threads, () -> new ComponentGenerator(secretKey, profile.form(), randomness.get(), kernels, clock));
    }
}
