package dev.keyswitch.keygen;

import java.io.IOException;
import java.io.InputStream;

/// Holder's side: does each component of this evaluation key decrypt to what it must?
public final class EvaluationKeyVerifier {
    private EvaluationKeyVerifier() {}

    public static Verification verify(SecretKey secretKey, KeyProfile profile, InputStream in)
            throws IOException, MalformedKeyException, KeyMismatchException {
        throw new UnsupportedOperationException("not written yet");
    }
}
