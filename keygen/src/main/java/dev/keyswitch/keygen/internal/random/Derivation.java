package dev.keyswitch.keygen.internal.random;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/// HKDF with SHA-256 (RFC 5869). Every purpose has its own salt.
public final class Derivation {
    private Derivation() {}

    /// @return `length` fresh bytes that the caller clears when done
    public static byte[] derive(byte[] inputKey, String salt, byte[] info, int length) {
        AlgorithmParameterSpec request = HKDFParameterSpec.ofExtract()
                .addIKM(inputKey)
                .addSalt(salt.getBytes(StandardCharsets.US_ASCII))
                .thenExpand(info, length);
        try {
            return KDF.getInstance("HKDF-SHA256").deriveData(request);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HKDF-SHA256 is part of Java since 25", e);
        }
    }
}
