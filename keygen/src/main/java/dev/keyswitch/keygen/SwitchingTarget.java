package dev.keyswitch.keygen;

import dev.keyswitch.keygen.internal.kernel.GenerationKernel;
import dev.keyswitch.keygen.internal.kernel.Kernels;
import dev.keyswitch.keygen.internal.ring.Automorphism;
import org.jspecify.annotations.Nullable;

/// From which polynomial a key-switching key leads back to the secret: its square (relinearisation), or its image under an automorphism
/// (rotation).
final class SwitchingTarget {
    private final SecretKey secretKey;
    private final @Nullable Automorphism automorphism;

    private SwitchingTarget(SecretKey secretKey, @Nullable Automorphism automorphism) {
        this.secretKey = secretKey;
        this.automorphism = automorphism;
    }

    static SwitchingTarget square(SecretKey secretKey) {
        return new SwitchingTarget(secretKey, null);
    }

    static SwitchingTarget image(SecretKey secretKey, int galoisElement) {
        return new SwitchingTarget(secretKey, new Automorphism(secretKey.parameters().polyModulusDegree(), galoisElement));
    }

    /// target ← one row of the polynomial, fully reduced.
    void row(int prime, long[] target) {
        row(prime, Kernels.present(), target);
        secretKey.parameters().ring().kernel().reduce(target, secretKey.parameters().ring().modulus(prime));
    }

    /// target ← one row of the polynomial, below 4q.
    void row(int prime, GenerationKernel kernel, long[] target) {
        long[] secret = secretKey.rows().row(prime);
        if (automorphism == null) {
            kernel.product(secret, secret.length, secretKey.operand(prime), 0, target);
        } else {
            kernel.image(secret, automorphism, target);
        }
    }
}
