package dev.keyswitch.api.idempotency;

import dev.keyswitch.api.CredentialId;
import io.micronaut.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// One call with an Idempotency-Key.
///
/// @param keyHash under which it is kept
/// @param fingerprint of what must be the same for it to be the same call
record IdempotentCall(CredentialId by, IdempotencyKey key, byte[] keyHash, byte[] fingerprint) {

    static IdempotentCall of(CredentialId by, IdempotencyKey key, HttpRequest<?> request, byte[] body) {
        MessageDigest digest = sha256();
        digest.update((request.getMethodName() + " " + request.getUri() + "\n").getBytes(StandardCharsets.UTF_8));
        return new IdempotentCall(by, key, key.hash(), digest.digest(body));
    }

    /// A part of a call.
    static IdempotentCall of(CredentialId by, IdempotencyKey key, byte[] text) {
        return new IdempotentCall(by, key, key.hash(), sha256().digest(text));
    }

    boolean isSameAs(byte[] otherFingerprint) {
        return MessageDigest.isEqual(fingerprint, otherFingerprint);
    }

    /// A number for the lock that lets one of several equal calls run.
    long lock() {
        return ByteBuffer.wrap(sha256().digest(boundTo())).getLong();
    }

    byte[] boundTo() {
        return ByteBuffer.allocate(16 + keyHash.length)
                .putLong(by.value().getMostSignificantBits())
                .putLong(by.value().getLeastSignificantBits())
                .put(keyHash)
                .array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "IdempotentCall[" + by + "]";
    }
}
