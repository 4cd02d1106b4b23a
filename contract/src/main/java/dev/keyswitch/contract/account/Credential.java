package dev.keyswitch.contract.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A management key of an account.
///
/// @param holderId the holder an AGENT is bound to
/// @param modelIds the models a GATEWAY is bound to; null: to none in particular
/// @param value only in the answer that creates it
public record Credential(
        UUID id,
        String name,
        Role role,
        @Nullable UUID holderId,
        @Nullable List<UUID> modelIds,
        String valueHint,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable String value) {

    public Credential {
        modelIds = modelIds == null ? null : List.copyOf(modelIds);
    }

    /// Never shows the value.
    @Override
    public String toString() {
        return "Credential[" + id + " " + name + " " + role + "]";
    }
}
