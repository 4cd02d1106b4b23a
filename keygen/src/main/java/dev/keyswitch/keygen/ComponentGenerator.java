package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.kernel.GenerationKernel;
import dev.keyswitch.keygen.internal.kernel.Kernels;
import dev.keyswitch.keygen.internal.random.Blake2xbStream;
import dev.keyswitch.keygen.internal.random.ByteStream;
import dev.keyswitch.keygen.internal.random.KeyRandomness;
import dev.keyswitch.keygen.internal.ring.CoefficientPoly;
import dev.keyswitch.keygen.internal.wire.ComponentBuffer;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes one whole encryption of zero after the other: the public key, and every component of a key-switching key, is one. Clears what is secret when
/// closed. Not thread-safe; several may work for one secret key at the same time.
final class ComponentGenerator implements AutoCloseable {
    private final int primes;
    private final boolean seeded;
    private final KeyRandomness randomness;
    private final Supplier<GenerationKernel> kernels;
    private final StageClock clock;
    private final RowGenerator rows;
    private final CoefficientPoly noise;
    private final byte[] seed = new byte[Blake2xbStream.SEED];

    /// Takes the randomness over.
    ComponentGenerator(SecretKey secretKey, KeyForm form, KeyRandomness randomness) {
        this(secretKey, form, randomness, Kernels::present, StageClock.STOPPED);
    }

    ComponentGenerator(SecretKey secretKey, KeyForm form, KeyRandomness randomness, Supplier<GenerationKernel> kernels, StageClock clock) {
        primes = secretKey.parameters().ring().primes();
        seeded = form == KeyForm.SEEDED;
        this.randomness = randomness;
        this.kernels = kernels;
        this.clock = clock;
        rows = new RowGenerator(secretKey, kernels, clock);
        noise = new CoefficientPoly(secretKey.parameters().ring().degree());
    }

    /// Makes a fresh encryption of zero.
    void zero(ComponentBuffer buffer) {
        component(_ -> null, buffer);
    }

    /// The same, and the special prime times a row of a key-switching target added to that row. Seeds, or second polynomials, are drawn before noise.
    ///
    /// @param targets what is added under each prime; null for nothing
    void component(IntFunction<@Nullable SwitchingTarget> targets, ComponentBuffer buffer) {
        clock.enter(GenerationStage.SAMPLING);
        if (seeded) {
            randomness.nextSeed(seed);
            buffer.seed(seed);
            try (ByteStream stream = new Blake2xbStream(seed, kernels.get())) {
                rows(stream, targets, buffer);
            }
        } else {
            rows(randomness.uniform(), targets, buffer);
        }
    }

    @Override
    public void close() {
        randomness.close();
        rows.close();
        noise.clear();
        Arrays.fill(seed, (byte) 0);
    }

    /// Rejected words are replaced after all rows, as SEAL does it.
    private void rows(ByteStream stream, IntFunction<@Nullable SwitchingTarget> targets, ComponentBuffer buffer) {
        rows.noise(randomness.noise(), noise);
        RowGenerator.Source source = new RowGenerator.Source(stream, noise);
        for (int prime = 0; prime < primes; prime++) {
            rows.row(source, prime, targets.apply(prime), buffer.row(prime));
        }
        rows.replaceRejected(stream, buffer::row);
    }
}
