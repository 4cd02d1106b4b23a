package dev.keyswitch.keygen.internal.ring;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;

/// What the first layers of a transform amount to for small coefficients: sums of a few coefficients times fixed weights, which leave room
/// in a word, or in the mantissa of a double, so that nothing is reduced before the last of these layers.
///
/// After one layer x0, x1 become C ± with C = (x0, x1); after two, x0 to x3 become C + D, C − D, C' + D', C' − D'; after three, each of those
/// four is A in A + B, A − B. The weights, in this order:
///
/// | entries | weigh |
/// | --- | --- |
/// | 0, 1 | C = w₀·(first) ± w₁·(middle) |
/// | 2 to 5 | D and D': two coefficients each |
/// | 6 to 21 | B, four times: four coefficients each |
final class FirstLayers {
    private FirstLayers() {}

    /// Fully reduced; as many as the ring has layers for.
    ///
    /// @param powers in the order of [NttTable.Powers]
    /// @param factor multiplies everything; fully reduced
    static long[] weights(Modulus modulus, long[] powers, long factor) {
        int count = powers.length < 8 ? 0 : 22;
        long[] weights = new long[count];
        if (count == 0) {
            return weights;
        }
        weights[0] = factor;
        weights[1] = modulus.multiply(factor, powers[1]);
        for (int half = 0; half < 2; half++) {
            long outer = half == 0 ? powers[1] : modulus.negate(powers[1]);
            weights[2 + 2 * half] = modulus.multiply(factor, powers[2 + half]);
            weights[3 + 2 * half] = modulus.multiply(weights[2 + 2 * half], outer);
            for (int quarter = 2 * half; quarter < 2 * half + 2; quarter++) {
                long inner = quarter == 2 * half ? powers[2 + half] : modulus.negate(powers[2 + half]);
                int next = 6 + 4 * quarter;
                weights[next] = modulus.multiply(factor, powers[4 + quarter]);
                weights[next + 1] = modulus.multiply(weights[next], outer);
                weights[next + 2] = modulus.multiply(weights[next], inner);
                weights[next + 3] = modulus.multiply(weights[next + 2], outer);
            }
        }
        return weights;
    }

    /// The same residue between −q/2 and q/2.
    static long centred(long residue, long modulus) {
        return residue - (residue > modulus / 2 ? modulus : 0);
    }
}
