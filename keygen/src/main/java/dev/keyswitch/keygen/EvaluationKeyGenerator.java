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

    private final Supplier<KeyRandomness> randomness;
    private final int parallelism;
    private final Supplier<GenerationKernel> kernels;

    /// One thread for each processor.
    public EvaluationKeyGenerator() {
        this(Runtime.getRuntime().availableProcessors());
    }

    /// Randomness comes from the platform's secure generator.
    ///
    /// @param parallelism how many components may be made at the same time; with 1, everything happens on the caller's thread
    public EvaluationKeyGenerator(int parallelism) {
        this(() -> new FreshRandomness(new SecureRandom()), parallelism, Kernels::present);
    }

    EvaluationKeyGenerator(Supplier<KeyRandomness> randomness, int parallelism, Supplier<GenerationKernel> kernels) {
        if (parallelism < 1) {
            throw new IllegalArgumentException("at least one thread makes components");
        }
        this.randomness = randomness;
        this.parallelism = parallelism;
        this.kernels = kernels;
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
        requireSameParameters(secretKey, profile);
        ComponentPlan plan = new ComponentPlan(secretKey, profile);
        write(profile, out, progress, components(plan, secretKey, profile));
    }

    /// Does the same on the caller's thread alone and says where the nanoseconds went.
    public Map<GenerationStage, Long> generateMeasured(SecretKey secretKey, KeyProfile profile, OutputStream out)
            throws IOException {
        requireSameParameters(secretKey, profile);
        StageClock clock = StageClock.running();
        ComponentGenerator generator =
                new ComponentGenerator(secretKey, profile.form(), randomness.get(), kernels, clock);
        write(profile, out, ProgressListener.NONE, new SequentialComponents(new ComponentPlan(secretKey, profile), generator));
        return clock.nanos();
    }

    private static void write(KeyProfile profile, OutputStream out, ProgressListener progress, Components components)
            throws IOException {
        try (components;
                WireWriter writer = new WireWriter(out, profile.stamp().major(), profile.stamp().minor())) {
            new EvaluationKeyRun(profile, components, writer, progress).run();
        }
    }

    private static void requireSameParameters(SecretKey secretKey, KeyProfile profile) {
        if (!secretKey.parameters().equals(profile.parameters())) {
            throw new IllegalArgumentException("the secret key belongs to other encryption parameters than the profile");
        }
    }

    private Components components(ComponentPlan plan, SecretKey secretKey, KeyProfile profile) {
        Supplier<ComponentGenerator> generators =
                () -> new ComponentGenerator(secretKey, profile.form(), randomness.get(), kernels, StageClock.STOPPED);
        int threads = ParallelComponents.threads(parallelism, plan, BUFFER_BYTES);
        return threads == 1
                ? new SequentialComponents(plan, generators.get())
                : new ParallelComponents(plan, threads, generators);
    }
}
