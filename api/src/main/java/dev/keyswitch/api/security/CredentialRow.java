package dev.keyswitch.api.security;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.CredentialId;
import dev.keyswitch.api.HolderId;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.account.Role;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A management credential as it is stored: its value only as a SHA-256.
@MappedEntity("credential")
record CredentialRow(
        @Id CredentialId id,
        @Nullable AccountId accountId,
        String name,
        Role role,
        @Nullable HolderId holderId,
        byte[] valueHash,
        String valueHint,
        Instant createdAt,
        @Nullable Instant lastUsedAt,
        @Nullable Instant revokedAt) {

    /// @param models it is bound to, if any
    Credential toContract(List<UUID> models, @Nullable String value) {
        return new Credential(
                id.value(),
                name,
                role,
                holderId == null ? null : holderId.value(),
                models.isEmpty() ? null : models,
                valueHint,
                createdAt,
                lastUsedAt,
                value);
    }
}
