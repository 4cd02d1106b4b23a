package dev.keyswitch.contract.account;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A management key of an account.
///
/// @param holderId the holder an AGENT is bound to
/// @param value only in the answer that creates it
public record Credential(
        UUID id,
        String name,
        Role role,
        @Nullable UUID holderId,
        String valueHint,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable String value) {

    /// Never shows the value.
    @Override
    public String toString() {
        return "Credential[" + id + " " + name + " " + role + "]";
    }
}
