package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import dev.keyswitch.keygen.internal.random.Blake2xbStream;
import dev.keyswitch.keygen.internal.random.ByteStream;
import dev.keyswitch.keygen.internal.random.CenteredBinomial;
import dev.keyswitch.keygen.internal.random.KeyRandomness;
import dev.keyswitch.keygen.internal.random.UniformSampler;
import dev.keyswitch.keygen.internal.ring.CoefficientPoly;
import dev.keyswitch.keygen.internal.ring.NttPoly;
import dev.keyswitch.keygen.internal.ring.Ring;
import dev.keyswitch.keygen.internal.ring.RingKernel;
import dev.keyswitch.keygen.internal.wire.KeyFormat;
import dev.keyswitch.keygen.internal.wire.WireWriter;
import java.io.IOException;
import java.util.Arrays;

/// Makes one encryption of zero after the other, always in the same buffers: the public key, and every component of a key-switching
/// key, is one. Clears what is secret when closed. Not thread-safe; several may work for one secret key at the same time.
final class ComponentGenerator implements AutoCloseable {
    private final SecretKey secretKey;
    private final Ring ring;
    private final RingKernel kernel;
    private final boolean seeded;
    private final KeyRandomness randomness;
    private final UniformSampler uniform = new UniformSampler();
    private final CenteredBinomial binomial = new CenteredBinomial();
    private final CoefficientPoly noise;
    private final NttPoly c0;
    private final NttPoly c1;
    private final byte[] seed = new byte[Blake2xbStream.SEED];

    ComponentGenerator(SecretKey secretKey, KeyForm form, KeyRandomness randomness) {
        this.secretKey = secretKey;
        this.randomness = randomness;
        ring = secretKey.parameters().ring();
        kernel = ring.kernel();
        seeded = form == KeyForm.SEEDED;
        noise = new CoefficientPoly(ring.degree());
        c0 = ring.allocate();
        c1 = ring.allocate();
    }

    /// Makes a fresh encryption of zero: c1 uniform, c0 = −(c1·s + e), the noise times the plain modulus in BGV.
    void next() {
        randomness.nextSeed(seed);
        if (seeded) {
            try (ByteStream stream = new Blake2xbStream(seed)) {
                uniform.sample(stream, ring, c1);
            }
        } else {
            uniform.sample(randomness.uniform(), ring, c1);
        }
        binomial.sample(randomness.noise(), noise);
        for (int prime = 0; prime < ring.primes(); prime++) {
            hide(prime);
        }
    }

    /// Adds the special prime times one row of the key-switching target to that row.
    ///
    /// @param target fully reduced; overwritten
    void add(int row, long[] target) {
        Modulus modulus = ring.modulus(row);
        kernel.scale(target, ring.specialPrimeModulo(row), modulus);
        kernel.reduce(target, modulus);
        long[] sum = c0.row(row);
        for (int i = 0; i < sum.length; i++) {
            sum[i] = modulus.add(sum[i], target[i]);
        }
    }

    void write(KeyFormat format, WireWriter out) throws IOException {
        format.component(out, c0, c1, seeded ? seed : null);
    }

    @Override
    public void close() {
        noise.clear();
        c0.clear();
        Arrays.fill(seed, (byte) 0);
    }

    private void hide(int prime) {
        Modulus modulus = ring.modulus(prime);
        long[] row = c0.row(prime);
        kernel.lift(noise.coefficients(), row, modulus);
        if (secretKey.parameters().scheme() == Scheme.BGV) {
            kernel.scale(row, modulus.reduce(secretKey.parameters().plainModulus()), modulus);
        }
        kernel.forward(row, ring.table(prime));
        kernel.hide(row, c1.row(prime), secretKey.rows().row(prime), secretKey.companions().row(prime), modulus);
    }
}
