package dev.keyswitch.sdk;

import java.security.SecureRandom;
import java.util.Base64;

/// Names one call, so that the server does it once however often it is tried. The same for every try.
final class IdempotencyKey {
    static final String HEADER = "Idempotency-Key";
    private static final int BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    private IdempotencyKey() {}

    /// 192 random bits. The answer is kept under a key derived from them, so they are a secret of this call.
    static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
