package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.arithmetic.Modulus;
import dev.keyswitch.keygen.internal.ring.GaloisElements;
import org.jspecify.annotations.Nullable;

/// From which polynomial a key-switching key leads back to the secret: its square (relinearisation), or its image under an automorphism
/// (rotation).
final class SwitchingTarget {
    private final SecretKey secretKey;
    private final int @Nullable [] permutation;

    private SwitchingTarget(SecretKey secretKey, int @Nullable [] permutation) {
        this.secretKey = secretKey;
        this.permutation = permutation;
    }

    static SwitchingTarget square(SecretKey secretKey) {
        return new SwitchingTarget(secretKey, null);
    }

    static SwitchingTarget image(SecretKey secretKey, int galoisElement) {
        int degree = secretKey.parameters().polyModulusDegree();
        return new SwitchingTarget(secretKey, GaloisElements.permutation(degree, galoisElement));
    }

    /// target ← one row of the polynomial, fully reduced.
    void row(int prime, long[] target) {
        long[] secret = secretKey.rows().row(prime);
        if (permutation == null) {
            Modulus modulus = secretKey.parameters().ring().modulus(prime);
            for (int i = 0; i < target.length; i++) {
                target[i] = modulus.multiply(secret[i], secret[i]);
            }
        } else {
            for (int i = 0; i < target.length; i++) {
                target[i] = secret[permutation[i]];
            }
        }
    }
}
