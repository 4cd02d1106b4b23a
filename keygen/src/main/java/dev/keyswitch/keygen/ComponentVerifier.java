package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import dev.keyswitch.keygen.internal.random.ByteStream;
import dev.keyswitch.keygen.internal.random.CenteredBinomial;
import dev.keyswitch.keygen.internal.random.UniformSampler;
import dev.keyswitch.keygen.internal.ring.NttPoly;
import dev.keyswitch.keygen.internal.ring.Ring;
import dev.keyswitch.keygen.internal.ring.RingKernel;
import dev.keyswitch.keygen.internal.wire.KeyReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Decrypts one component after the other and looks at what is left: the same small noise under every prime, or the component is not
/// what it should be. Clears what is secret when closed. Not thread-safe.
final class ComponentVerifier implements AutoCloseable {
    /// From this degree on, the spread of honest noise lies within a factor of two of what it should be, always.
    private static final int DEGREE_FOR_SPREAD = 1024;
    private static final int NO_ROW = -1;
    private static final double VARIANCE = CenteredBinomial.BOUND / 2.0;

    private final SecretKey secretKey;
    private final Ring ring;
    private final RingKernel kernel;
    private final boolean seeded;
    private final UniformSampler uniform = new UniformSampler();
    private final NttPoly expanded;
    private final long[] target;
    private final long[] row;
    private final long[] noise;
    private int maxAbsoluteNoise;
    private int verified;

    ComponentVerifier(SecretKey secretKey, KeyForm form) {
        this.secretKey = secretKey;
        ring = secretKey.parameters().ring();
        kernel = ring.kernel();
        seeded = form == KeyForm.SEEDED;
        expanded = ring.allocate();
        target = new long[ring.degree()];
        row = new long[ring.degree()];
        noise = new long[ring.degree()];
    }

    /// One component of a key-switching key.
    ///
    /// @param key its name, for the message
    void verify(String key, SwitchingTarget switching, int index, KeyReader component) throws KeyMismatchException {
        verifyComponent(key + ", component " + index + ",", switching, index, component);
    }

    /// An encryption of zero, as a public key is.
    void verifyZero(String name, KeyReader component) throws KeyMismatchException {
        verifyComponent(name, null, NO_ROW, component);
    }

    Verification result() {
        return new Verification(verified, maxAbsoluteNoise, CenteredBinomial.BOUND);
    }

    @Override
    public void close() {
        Arrays.fill(target, 0);
        Arrays.fill(row, 0);
        Arrays.fill(noise, 0);
    }

    private void verifyComponent(String name, @Nullable SwitchingTarget switching, int index, KeyReader component)
            throws KeyMismatchException {
        NttPoly c1 = c1(component);
        for (int prime = 0; prime < ring.primes(); prime++) {
            System.arraycopy(component.c0().row(prime), 0, row, 0, row.length);
            decrypt(switching, index, prime, c1.row(prime));
            if (!takeNoise(prime)) {
                throw new KeyMismatchException(name
                        + " does not decrypt to what it must: it was made for another secret key or was damaged.");
            }
        }
        measure(name);
    }

    private NttPoly c1(KeyReader component) {
        if (!seeded) {
            return component.c1();
        }
        try (ByteStream stream = component.expandSeed()) {
            uniform.sample(stream, ring, expanded);
        }
        return expanded;
    }

    /// Turns the row, which holds c0, into the coefficients of c0 + c1·s − [index = prime]·P·T, which is −e, or −t·e in BGV, from which t is taken out again.
    private void decrypt(@Nullable SwitchingTarget switching, int index, int prime, long[] c1) {
        Modulus modulus = ring.modulus(prime);
        kernel.open(row, c1, secretKey.rows().row(prime), secretKey.companions().row(prime), modulus);
        if (switching != null && index == prime) {
            switching.row(prime, target);
            kernel.scale(target, ring.specialPrimeModulo(prime), modulus);
            kernel.reduce(target, modulus);
            for (int i = 0; i < row.length; i++) {
                row[i] = modulus.subtract(row[i], target[i]);
            }
        }
        kernel.inverse(row, ring.table(prime));
        if (secretKey.parameters().scheme() == Scheme.BGV) {
            long plain = modulus.reduce(secretKey.parameters().plainModulus());
            kernel.scale(row, modulus.inverse(plain), modulus);
            kernel.reduce(row, modulus);
        }
    }

    /// Takes the first row's centred residues as the noise and compares the other rows with it. False if too large or different.
    private boolean takeNoise(int prime) {
        long q = ring.modulus(prime).value();
        long outside = 0;
        for (int i = 0; i < row.length; i++) {
            long centred = row[i] - (q & (q / 2 - row[i]) >> 63);
            outside |= CenteredBinomial.BOUND - Math.abs(centred);
            if (prime > 0) {
                long difference = centred ^ noise[i];
                outside |= difference | -difference;
            }
            noise[i] = centred;
        }
        return outside >= 0;
    }

    private void measure(String name) throws KeyMismatchException {
        long squares = 0;
        for (long value : noise) {
            maxAbsoluteNoise = (int) Math.max(maxAbsoluteNoise, Math.abs(value));
            squares += value * value;
        }
        double spread = (double) squares / noise.length / VARIANCE;
        if (squares == 0 || (noise.length >= DEGREE_FOR_SPREAD && (spread < 0.5 || spread > 2))) {
            throw new KeyMismatchException(
                    name + " has noise of the wrong spread: it does not protect the secret key.");
        }
        verified++;
    }
}
