package dev.keyswitch.keygen;

import java.io.IOException;
import java.io.OutputStream;

/// Makes public keys.
public final class PublicKeyGenerator {
    private PublicKeyGenerator() {}

    public static void write(SecretKey secretKey, KeyForm form, SealStamp stamp, OutputStream out) throws IOException {
        throw new UnsupportedOperationException("not written yet");
    }
}
