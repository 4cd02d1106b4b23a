package dev.keyswitch.keygen.internal.ring;

import java.util.Arrays;

/// A polynomial with small integer coefficients, the same under every prime: a secret or noise. Not thread-safe.
public final class CoefficientPoly {
    private final byte[] coefficients;

    public CoefficientPoly(int degree) {
        coefficients = new byte[degree];
    }

    /// The coefficients themselves, lowest power first, to be read and written in place.
    public byte[] coefficients() {
        return coefficients;
    }

    public void clear() {
        Arrays.fill(coefficients, (byte) 0);
    }
}
