package dev.keyswitch.keygen;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/// Milliseconds for a relinearisation key and one rotation key. Started by its main method, with JMH's own options.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 2, jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class KeygenBenchmark {
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);

    /// Degree and lengths of the primes.
    @Param({"8192:60,40,40,60", "16384:60,40,40,40,40,40,40,60"})
    private String ring;

    @Param
    private KeyForm form;

    @Param({"1", "2"})
    private int threads;

    private SecretKey secretKey;
    private KeyProfile profile;
    private EvaluationKeyGenerator generator;

    public static void main(String[] arguments) throws CommandLineOptionException, RunnerException {
        new Runner(new CommandLineOptions(arguments)).run();
    }

    @Setup(Level.Trial)
    public void setUp() throws IOException {
        String[] parts = ring.split(":");
        int degree = Integer.parseInt(parts[0]);
        int[] bits = Arrays.stream(parts[1].split(",")).mapToInt(Integer::parseInt).toArray();
        EncryptionParameters parameters = EncryptionParameters.of(Scheme.CKKS, degree, Primes.create(degree, bits), 0);
        secretKey = SecretKey.random(new SecureRandom(), parameters);
        profile = new KeyProfile(parameters, RotationSteps.of(1), true, form, SealStamp.V3_7);
        generator = new EvaluationKeyGenerator(threads);
        EvaluationKeyGenerator.warmUp();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (EvaluationKeyGenerator.canUseVectors() && !EvaluationKeyGenerator.usesVectors() && System.nanoTime() < end) {
            evaluationKey();
        }
    }

    @Benchmark
    public void evaluationKey() throws IOException {
        generator.generate(secretKey, profile, OutputStream.nullOutputStream(), ProgressListener.NONE);
    }

    @TearDown(Level.Trial)
    public void close() {
        secretKey.close();
    }
}
