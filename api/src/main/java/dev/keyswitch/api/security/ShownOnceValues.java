package dev.keyswitch.api.security;

import dev.keyswitch.contract.value.ShownOnceValue;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;

/// Makes the values of tokens and credentials, and the hash under which they are kept.
@Singleton
public final class ShownOnceValues {

    private final SecureRandom random;

    ShownOnceValues(SecureRandom random) {
        this.random = random;
    }

    /// A new value from 256 random bits.
    public ShownOnceValue next(String prefix) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        try {
            return ShownOnceValue.of(prefix, secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /// SHA-256. Values have 256 random bits, so there is nothing to stretch, and a look-up by hash tells nothing by its time.
    public static byte[] hash(String value) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
