package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import dev.keyswitch.keygen.internal.kernel.GenerationKernel;
import dev.keyswitch.keygen.internal.kernel.Kernels;
import dev.keyswitch.keygen.internal.kernel.Operand;
import dev.keyswitch.keygen.internal.kernel.Workspace;
import dev.keyswitch.keygen.internal.random.Blake2xbStream;
import dev.keyswitch.keygen.internal.random.ByteStream;
import dev.keyswitch.keygen.internal.random.CenteredBinomial;
import dev.keyswitch.keygen.internal.random.KeyRandomness;
import dev.keyswitch.keygen.internal.random.Rejections;
import dev.keyswitch.keygen.internal.ring.CoefficientPoly;
import dev.keyswitch.keygen.internal.ring.Ring;
import dev.keyswitch.keygen.internal.wire.ComponentBuffer;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Supplier;

/// Makes one encryption of zero after the other, always in the same buffers: the public key, and every component of a key-switching
/// key, is one. Works row by row, and through a row a few words at a time, so that words stay in the cache until they are bytes. Clears what is secret when
/// closed. Not thread-safe; several may work for one secret key at the same time.
final class ComponentGenerator implements AutoCloseable {
    private static final int NO_TARGET = -1;

    private final EncryptionParameters parameters;
    private final Ring ring;
    private final Operand[] secret;
    private final Supplier<GenerationKernel> kernels;
    private final StageClock clock;
    private final boolean seeded;
    private final KeyRandomness randomness;
    private final CenteredBinomial binomial = new CenteredBinomial();
    private final Rejections rejections = new Rejections();
    private final CoefficientPoly noise;
    private final long[] target;
    private final Workspace workspace;
    private final byte[] seed = new byte[Blake2xbStream.SEED];
    private long[] words = new long[0];
    private long[] hidden = new long[0];
    private GenerationKernel kernel;

    /// Takes the randomness over.
    ComponentGenerator(SecretKey secretKey, KeyForm form, KeyRandomness randomness) {
        this(secretKey, form, randomness, Kernels::present, StageClock.STOPPED);
    }

    ComponentGenerator(SecretKey secretKey, KeyForm form, KeyRandomness randomness, Supplier<GenerationKernel> kernels, StageClock clock) {
        this.clock = clock;
        this.randomness = randomness;
        this.kernels = kernels;
        kernel = kernels.get();
        parameters = secretKey.parameters();
        ring = parameters.ring();
        secret = new Operand[ring.primes()];
        Arrays.setAll(secret, secretKey::operand);
        seeded = form == KeyForm.SEEDED;
        noise = new CoefficientPoly(ring.degree());
        target = new long[ring.degree()];
        workspace = new Workspace(ring.degree());
    }

    /// Makes a fresh encryption of zero: c1 uniform, c0 = −(c1·s + e), the noise times the plain modulus in BGV.
    void zero(ComponentBuffer buffer) throws IOException {
        generate(NO_TARGET, buffer);
    }

    /// The same, and the special prime times one row of a key-switching target added to that row.
    void component(SwitchingTarget switching, int index, ComponentBuffer buffer) throws IOException {
        kernel = kernels.get();
        Kernels.work(kernel, () -> switching.row(index, kernel, target));
        generate(index, buffer);
    }

    @Override
    public void close() {
        randomness.close();
        noise.clear();
        workspace.close();
        Arrays.fill(hidden, 0);
        Arrays.fill(target, 0);
        Arrays.fill(seed, (byte) 0);
    }

    /// Seeds, or second polynomials, are drawn before noise.
    private void generate(int targetRow, ComponentBuffer buffer) throws IOException {
        clock.enter(GenerationStage.SAMPLING);
        if (seeded) {
            randomness.nextSeed(seed);
            buffer.seed(seed);
            try (ByteStream stream = new Blake2xbStream(seed, kernel)) {
                rows(stream, targetRow, buffer);
            }
        } else {
            rows(randomness.uniform(), targetRow, buffer);
        }
    }

    private void rows(ByteStream stream, int targetRow, ComponentBuffer buffer) throws IOException {
        rejections.clear();
        Kernels.work(kernel, () -> binomial.sample(randomness.noise(), noise, kernel));
        for (int row = 0; row < ring.primes(); row++) {
            int prime = row;
            Kernels.work(kernel, () -> {
                clock.enter(GenerationStage.TRANSFORM);
                kernel.transform(noise.coefficients(), noiseFactor(prime), ring.table(prime), workspace);
                row(stream, prime, prime == targetRow, buffer);
            });
            if (buffer.passesOn()) {
                replaceRejected(stream, buffer);
                buffer.rowFinished();
            }
        }
        replaceRejected(stream, buffer);
    }

    /// After all rows, as SEAL does, or else after each.
    private void replaceRejected(ByteStream stream, ComponentBuffer buffer) {
        for (int i = 0; i < rejections.count(); i++) {
            replace(i, Rejections.redraw(stream, ring.modulus(rejections.prime(i))), buffer);
        }
        rejections.clear();
    }

    /// One row of both polynomials, as many words at a time as the stream likes to give, which stay in the nearest cache.
    private void row(ByteStream stream, int prime, boolean withTarget, ComponentBuffer buffer) {
        int chunk = Math.min(ring.degree(), stream.blockWords());
        if (words.length != chunk) {
            words = new long[chunk];
            hidden = new long[chunk];
        }
        Modulus modulus = ring.modulus(prime);
        long lastAccepted = Rejections.lastAccepted(modulus);
        for (int start = 0; start < ring.degree(); start += chunk) {
            clock.enter(GenerationStage.EXPANSION);
            stream.read(words, 0, chunk);
            clock.enter(GenerationStage.MULTIPLICATION);
            if (kernel.exceeds(words, chunk, lastAccepted)) {
                rejections.note(words, chunk, modulus, prime, start);
            }
            if (seeded) {
                kernel.hide(words, chunk, secret[prime], start, workspace, hidden);
            } else {
                kernel.hideReducing(words, chunk, secret[prime], start, workspace, hidden);
            }
            if (withTarget) {
                kernel.addProduct(hidden, chunk, target, start, ring.specialPrimeModulo(prime), modulus);
            }
            clock.enter(GenerationStage.WRITING);
            buffer.c0(prime, start, hidden, chunk);
            if (!seeded) {
                buffer.c1(prime, start, words, chunk);
            }
        }
    }

    /// In BGV the noise is a multiple of the plain modulus.
    private long noiseFactor(int prime) {
        return parameters.scheme() == Scheme.BGV ? ring.modulus(prime).reduce(parameters.plainModulus()) : 1;
    }

    /// Puts a residue of c1 in the place of a word that was rejected, in hindsight: c0 grows by (rejected − residue)·s.
    private void replace(int rejection, long residue, ComponentBuffer buffer) {
        int prime = rejections.prime(rejection);
        int index = rejections.index(rejection);
        Modulus modulus = ring.modulus(prime);
        long difference = modulus.subtract(modulus.reduce(rejections.word(rejection)), residue);
        long correction = modulus.multiply(difference, secret[prime].values()[index]);
        buffer.replaceC0(prime, index, modulus.add(buffer.c0(prime, index), correction));
        if (!seeded) {
            buffer.replaceC1(prime, index, residue);
        }
    }
}
