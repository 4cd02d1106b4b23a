package dev.keyswitch.keygen;

import java.io.IOException;
import java.io.InputStream;

/// Holder's side: decrypts each component of an evaluation key with the secret key it should belong to. What remains must be small noise,
/// the same under every prime. Finds any damage, swapped components, keys of another secret or for another rotation.
public final class EvaluationKeyVerifier {
    private EvaluationKeyVerifier() {}

    /// Reads `in` to its end and does not close it; checks its form on the way as [EvaluationKeyCheck] does, in memory for few components.
    ///
    /// @throws MalformedKeyException if the bytes are not an evaluation key for this profile
    /// @throws KeyMismatchException if they are one, but not of this secret key
    /// @throws IllegalArgumentException if the secret key belongs to other parameters than the profile
    public static Verification verify(SecretKey secretKey, KeyProfile profile, InputStream in)
            throws IOException, MalformedKeyException, KeyMismatchException {
        if (!secretKey.parameters().equals(profile.parameters())) {
            throw new IllegalArgumentException("the secret key belongs to other encryption parameters than the profile");
        }
        try (ComponentVerifier verifier = new ComponentVerifier(secretKey, profile.form())) {
            new EvaluationKeyReader(profile, in).<KeyMismatchException>read((element, index, component) -> {
                if (element == 0) {
                    verifier.verify("The relinearization key", SwitchingTarget.square(secretKey), index, component);
                } else {
                    String name = "The key of Galois element " + element;
                    verifier.verify(name, SwitchingTarget.image(secretKey, element), index, component);
                }
            });
            return verifier.result();
        }
    }
}
