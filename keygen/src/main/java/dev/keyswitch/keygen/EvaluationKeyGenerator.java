package dev.keyswitch.keygen;

import java.io.IOException;
import java.io.OutputStream;

/// Makes evaluation keys.
public final class EvaluationKeyGenerator {
    public EvaluationKeyGenerator() {}

    public void generate(SecretKey secretKey, KeyProfile profile, OutputStream out, ProgressListener progress)
            throws IOException {
        throw new UnsupportedOperationException("not written yet");
    }
}
