package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import dev.keyswitch.keygen.internal.kernel.GenerationKernel;
import dev.keyswitch.keygen.internal.kernel.Kernels;
import dev.keyswitch.keygen.internal.kernel.Operand;
import dev.keyswitch.keygen.internal.kernel.Workspace;
import dev.keyswitch.keygen.internal.random.ByteStream;
import dev.keyswitch.keygen.internal.random.CenteredBinomial;
import dev.keyswitch.keygen.internal.random.Rejections;
import dev.keyswitch.keygen.internal.ring.CoefficientPoly;
import dev.keyswitch.keygen.internal.ring.Ring;
import dev.keyswitch.keygen.internal.wire.Row;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes one row of an encryption of zero after the other, always in the same buffers: c1 uniform, c0 = −(c1·s + e) under one prime, the noise times the plain
/// modulus in BGV. Goes through a row a few words at a time, so that words stay in the cache until they are bytes. Clears what is secret when closed. Not
/// thread-safe; several may work for one secret key at the same time.
final class RowGenerator implements AutoCloseable {
    private final EncryptionParameters parameters;
    private final Ring ring;
    private final Operand[] secret;
    private final Supplier<GenerationKernel> kernels;
    private final StageClock clock;
    private final CenteredBinomial binomial = new CenteredBinomial();
    private final Rejections rejections = new Rejections();
    private final long[] target;
    private final Workspace workspace;
    private long[] words = new long[0];
    private long[] hidden = new long[0];
    private GenerationKernel kernel;

    RowGenerator(SecretKey secretKey, Supplier<GenerationKernel> kernels, StageClock clock) {
        this.kernels = kernels;
        this.clock = clock;
        kernel = kernels.get();
        parameters = secretKey.parameters();
        ring = parameters.ring();
        secret = new Operand[ring.primes()];
        Arrays.setAll(secret, secretKey::operand);
        target = new long[ring.degree()];
        workspace = new Workspace(ring.degree());
    }

    /// What the rows of one component come from.
    ///
    /// @param words of the second polynomial
    record Source(ByteStream words, CoefficientPoly noise) {}

    /// Draws the noise of a component.
    void noise(ByteStream stream, CoefficientPoly noise) {
        clock.enter(GenerationStage.SAMPLING);
        kernel = kernels.get();
        Kernels.work(kernel, () -> binomial.sample(stream, noise, kernel));
    }

    /// Makes a row, in which rejected words are still to be replaced.
    ///
    /// @param switching of whose row the special prime's multiple is added; null for none
    void row(Source source, int prime, @Nullable SwitchingTarget switching, Row out) {
        kernel = kernels.get();
        Kernels.work(kernel, () -> {
            if (switching != null) {
                clock.enter(GenerationStage.MULTIPLICATION);
                switching.row(prime, kernel, target);
            }
            clock.enter(GenerationStage.TRANSFORM);
            kernel.transform(source.noise.coefficients(), noiseFactor(prime), ring.table(prime), workspace);
            hide(source.words, prime, switching != null, out);
        });
    }

    /// Puts residues from the words that follow in the place of those words that were rejected in rows made since this was last done.
    ///
    /// @param rows where the row of a prime is
    void replaceRejected(ByteStream stream, IntFunction<Row> rows) {
        for (int i = 0; i < rejections.count(); i++) {
            int prime = rejections.prime(i);
            replace(i, Rejections.redraw(stream, ring.modulus(prime)), rows.apply(prime));
        }
        rejections.clear();
    }

    @Override
    public void close() {
        workspace.close();
        Arrays.fill(hidden, 0);
        Arrays.fill(target, 0);
    }

    /// As many words at a time as the stream likes to give, which stay in the nearest cache.
    private void hide(ByteStream stream, int prime, boolean withTarget, Row out) {
        int chunk = Math.min(ring.degree(), stream.blockWords());
        if (words.length != chunk) {
            words = new long[chunk];
            hidden = new long[chunk];
        }
        LongBuffer c1 = out.c1();
        Modulus modulus = ring.modulus(prime);
        long lastAccepted = Rejections.lastAccepted(modulus);
        for (int start = 0; start < ring.degree(); start += chunk) {
            clock.enter(GenerationStage.EXPANSION);
            stream.read(words, 0, chunk);
            clock.enter(GenerationStage.MULTIPLICATION);
            if (kernel.exceeds(words, chunk, lastAccepted)) {
                rejections.note(words, chunk, modulus, prime, start);
            }
            if (c1 == null) {
                kernel.hide(words, chunk, secret[prime], start, workspace, hidden);
            } else {
                kernel.hideReducing(words, chunk, secret[prime], start, workspace, hidden);
            }
            if (withTarget) {
                kernel.addProduct(hidden, chunk, target, start, ring.specialPrimeModulo(prime), modulus);
            }
            clock.enter(GenerationStage.WRITING);
            out.c0().put(start, hidden, 0, chunk);
            if (c1 != null) {
                c1.put(start, words, 0, chunk);
            }
        }
    }

    /// In BGV the noise is a multiple of the plain modulus.
    private long noiseFactor(int prime) {
        return parameters.scheme() == Scheme.BGV ? ring.modulus(prime).reduce(parameters.plainModulus()) : 1;
    }

    /// Puts a residue of c1 in the place of a word that was rejected, in hindsight: c0 grows by (rejected − residue)·s.
    private void replace(int rejection, long residue, Row row) {
        int prime = rejections.prime(rejection);
        int index = rejections.index(rejection);
        Modulus modulus = ring.modulus(prime);
        long difference = modulus.subtract(modulus.reduce(rejections.word(rejection)), residue);
        long correction = modulus.multiply(difference, secret[prime].values()[index]);
        row.c0().put(index, modulus.add(row.c0().get(index), correction));
        LongBuffer c1 = row.c1();
        if (c1 != null) {
            c1.put(index, residue);
        }
    }
}
