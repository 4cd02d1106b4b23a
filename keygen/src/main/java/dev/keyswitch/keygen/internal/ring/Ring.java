package dev.keyswitch.keygen.internal.ring;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import java.util.Arrays;

/// Z_q[X]/(X^N+1) for q the product of primes that are 1 modulo 2N, with the tables its transforms need. Immutable, thread-safe.
public final class Ring {
    private final int degree;
    private final NttTable[] tables;
    private final RingKernel kernel = new ScalarKernel();

    public Ring(int degree, long[] primes) {
        this.degree = degree;
        tables = Arrays.stream(primes)
                .mapToObj(prime -> new NttTable(new Modulus(prime), degree))
                .toArray(NttTable[]::new);
    }

    public int degree() {
        return degree;
    }

    public int primes() {
        return tables.length;
    }

    public Modulus modulus(int prime) {
        return tables[prime].modulus();
    }

    public NttTable table(int prime) {
        return tables[prime];
    }

    public RingKernel kernel() {
        return kernel;
    }

    public NttPoly allocate() {
        return new NttPoly(tables.length, degree);
    }

    /// The last prime modulo another one: the factor that key switching divides out again.
    public long specialPrimeModulo(int prime) {
        return modulus(prime).reduce(modulus(tables.length - 1).value());
    }

    /// row ← NTT form of `poly` modulo one prime, fully reduced.
    public void transform(CoefficientPoly poly, int prime, long[] row) {
        kernel.lift(poly.coefficients(), row, modulus(prime));
        kernel.forward(row, tables[prime]);
        kernel.reduce(row, modulus(prime));
    }
}
