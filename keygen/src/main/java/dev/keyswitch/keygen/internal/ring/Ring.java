package dev.keyswitch.keygen.internal.ring;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Z_q[X]/(X^N+1) for q the product of primes that are 1 modulo 2N. Keeps the tables of its transforms once they have been needed (16
/// bytes per prime and coefficient for each direction). Thread-safe.
public final class Ring {
    private final int degree;
    private final Modulus[] moduli;
    private final RingKernel kernel = new ScalarKernel();
    private volatile NttTable @Nullable [] tables;

    public Ring(int degree, long[] primes) {
        this.degree = degree;
        moduli = Arrays.stream(primes).mapToObj(Modulus::new).toArray(Modulus[]::new);
    }

    public int degree() {
        return degree;
    }

    public int primes() {
        return moduli.length;
    }

    public Modulus modulus(int prime) {
        return moduli[prime];
    }

    public NttTable table(int prime) {
        return tables()[prime];
    }

    public RingKernel kernel() {
        return kernel;
    }

    public NttPoly allocate() {
        return new NttPoly(moduli.length, degree);
    }

    /// The last prime modulo another one: the factor that key switching divides out again.
    public long specialPrimeModulo(int prime) {
        return moduli[prime].reduce(moduli[moduli.length - 1].value());
    }

    /// row ← NTT form of `poly` modulo one prime, fully reduced.
    public void transform(CoefficientPoly poly, int prime, long[] row) {
        kernel.lift(poly.coefficients(), row, moduli[prime]);
        kernel.forward(row, table(prime));
        kernel.reduce(row, moduli[prime]);
    }

    private NttTable[] tables() {
        NttTable[] present = tables;
        if (present == null) {
            synchronized (this) {
                present = tables;
                if (present == null) {
                    present = Arrays.stream(moduli)
                            .map(modulus -> new NttTable(modulus, degree))
                            .toArray(NttTable[]::new);
                    tables = present;
                }
            }
        }
        return present;
    }
}
