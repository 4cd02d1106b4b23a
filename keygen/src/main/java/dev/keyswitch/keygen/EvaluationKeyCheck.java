package dev.keyswitch.keygen;

import java.io.IOException;
import java.io.InputStream;

/// Provider's side: is this stream a well-formed evaluation key for this profile? Decides without the secret key, on bytes that are not
/// trusted, in memory for one component and 32 bytes for each component before it.
///
/// Accepts only what the profile asks for, to the byte: uncompressed objects of the profile's stamp, form and parameters, exactly the
/// keys asked for, each with all its components, every residue below its prime. Refuses what SEAL would load although it is dangerous:
/// missing components, repeated or all-zero seeds, repeated or constant second polynomials. Whether the key belongs to a certain secret
/// key, only its holder can tell: see [EvaluationKeyVerifier].
public final class EvaluationKeyCheck {
    private EvaluationKeyCheck() {}

    /// Reads `in` to its end and does not close it.
    ///
    /// @throws MalformedKeyException with the offset of the first fault
    public static void check(KeyProfile profile, InputStream in) throws IOException, MalformedKeyException {
        new EvaluationKeyReader(profile, in).read((element, index, component) -> {});
    }
}
