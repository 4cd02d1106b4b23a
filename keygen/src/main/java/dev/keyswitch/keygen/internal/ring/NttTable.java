package dev.keyswitch.keygen.internal.ring;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import org.jspecify.annotations.Nullable;

/// Powers of the root of unity for one prime, in the order in which the transform consumes them, each with its companion word.
public final class NttTable {
    private final Modulus modulus;
    private final int degree;
    private final long root;
    private final Powers forward;
    private volatile @Nullable Powers inverse;
    private volatile @Nullable RealPowers real;
    private volatile @Nullable WidePowers wide;

    public NttTable(Modulus modulus, int degree) {
        this.modulus = modulus;
        this.degree = degree;
        root = minimalRoot(modulus, degree);
        forward = powers(root);
    }

    public Modulus modulus() {
        return modulus;
    }

    /// The smallest primitive root of unity of order twice the degree: SEAL's choice, which decides the order of all residues.
    public long root() {
        return root;
    }

    Powers forward() {
        return forward;
    }

    /// Only verification transforms back, so this half is made when first asked for.
    Powers inverse() {
        Powers present = inverse;
        if (present == null) {
            present = powers(modulus.inverse(root));
            inverse = present;
        }
        return present;
    }

    /// For a modulus below 2^46 only; made when first asked for.
    public RealPowers real() {
        RealPowers present = real;
        if (present == null) {
            present = RealPowers.of(modulus, forward.values);
            real = present;
        }
        return present;
    }

    /// Made when first asked for.
    public WidePowers wide() {
        WidePowers present = wide;
        if (present == null) {
            present = WidePowers.of(modulus, forward);
            wide = present;
        }
        return present;
    }

    /// The weights of the first layers in [#real], all times a factor.
    public double[] realWeights(long factor) {
        return factor == 1 ? real().first() : RealPowers.reals(FirstLayers.weights(modulus, forward.values, factor), modulus.value());
    }

    /// The same in [#wide].
    public WidePowers.Weights wideWeights(long factor) {
        return factor == 1
                ? wide().first()
                : WidePowers.Weights.of(FirstLayers.weights(modulus, forward.values, factor), modulus.value());
    }

    /// Index i, with its bits reversed, holds the i-th power.
    record Powers(long[] values, long[] companions) {}

    private Powers powers(long base) {
        Powers powers = new Powers(new long[degree], new long[degree]);
        int shift = Integer.SIZE - Integer.numberOfTrailingZeros(degree);
        long step = modulus.companion(base);
        long power = 1;
        for (int i = 0; i < degree; i++) {
            int index = Integer.reverse(i) >>> shift;
            powers.values[index] = power;
            powers.companions[index] = modulus.companion(power);
            power = product(power, base, step, modulus.value());
        }
        return powers;
    }

    private static long minimalRoot(Modulus modulus, int degree) {
        long root = anyRoot(modulus, degree);
        long square = modulus.multiply(root, root);
        long companion = modulus.companion(square);
        long minimum = root;
        long candidate = root;
        for (int i = 1; i < degree; i++) {
            candidate = product(candidate, square, companion, modulus.value());
            minimum = Math.min(minimum, candidate);
        }
        return minimum;
    }

    private static long anyRoot(Modulus modulus, int degree) {
        long minusOne = modulus.value() - 1;
        for (long base = 2; ; base++) {
            long candidate = modulus.power(base, minusOne / (2L * degree));
            if (modulus.power(candidate, degree) == minusOne) {
                return candidate;
            }
        }
    }

    private static long product(long x, long operand, long companion, long modulus) {
        return Modulus.subtractIfAtLeast(Modulus.multiplyLazily(x, operand, companion, modulus), modulus);
    }
}
