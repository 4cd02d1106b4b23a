package dev.keyswitch.api.idempotency;

import java.util.UUID;

/// Idempotency keys for tests.
public final class Keys {

    private Keys() {}

    public static String next() {
        return UUID.randomUUID() + "-" + UUID.randomUUID();
    }
}
