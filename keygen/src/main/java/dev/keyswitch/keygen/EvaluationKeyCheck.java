package dev.keyswitch.keygen;

import java.io.IOException;
import java.io.InputStream;

/// Provider's side: is this stream a well-formed evaluation key for this profile?
public final class EvaluationKeyCheck {
    private EvaluationKeyCheck() {}

    public static void check(KeyProfile profile, InputStream in) throws IOException, MalformedKeyException {
        throw new UnsupportedOperationException("not written yet");
    }
}
