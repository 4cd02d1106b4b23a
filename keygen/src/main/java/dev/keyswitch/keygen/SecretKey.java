package dev.keyswitch.keygen;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;

/// A ternary secret for one parameter set.
public final class SecretKey implements AutoCloseable {
    private SecretKey() {}

    public static SecretKey derive(RootKey root, KeyId id, EncryptionParameters parameters) {
        throw new UnsupportedOperationException("not written yet");
    }

    public static SecretKey random(SecureRandom random, EncryptionParameters parameters) {
        throw new UnsupportedOperationException("not written yet");
    }

    public void writeTo(OutputStream out, SealStamp stamp) throws IOException {
        throw new UnsupportedOperationException("not written yet");
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("not written yet");
    }
}
