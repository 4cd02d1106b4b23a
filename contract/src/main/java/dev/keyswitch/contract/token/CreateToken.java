package dev.keyswitch.contract.token;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Body of `POST /v1/tokens`.
///
/// @param expiresInDays 1 to 365; default: the account's, at first 30; not together with `expiresAt`
/// @param modelId assigns the new token at once
/// @param custody default AGENT
/// @param holderId default: the account's default holder
public record CreateToken(
        @Nullable String name,
        @Nullable String note,
        @Nullable Integer expiresInDays,
        @Nullable Instant expiresAt,
        @Nullable UUID modelId,
        @Nullable Custody custody,
        @Nullable UUID holderId) {

    /// An unassigned token with the defaults.
    public static CreateToken named(String name) {
        return new CreateToken(name, null, null, null, null, null, null);
    }
}
