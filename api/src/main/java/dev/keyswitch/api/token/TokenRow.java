package dev.keyswitch.api.token;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.contract.event.TokenChanged;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.contract.token.TokenStatus;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A token as it is stored: its value only as a SHA-256, and not even that once it is deleted.
@MappedEntity("token")
public record TokenRow(
        @Id TokenId id,
        AccountId accountId,
        String name,
        String note,
        TokenStatus status,
        Custody custody,
        HolderId holderId,
        @Nullable ModelId modelId,
        long generation,
        @Nullable Long activeGeneration,
        byte @Nullable [] valueHash,
        String valueHint,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt,
        long version,
        @Nullable Instant deletedAt) {

    UUID uuid() {
        return id.value();
    }

    /// Whether it may be assigned: neither canceled nor expired.
    public boolean isUsable(Instant now) {
        return status != TokenStatus.CANCELED && expiresAt.isAfter(now);
    }

    /// This row with another assignment, in a newer generation whose evaluation key is not in force yet.
    public TokenRow assignedTo(@Nullable ModelId model) {
        return new TokenRow(
                id,
                accountId,
                name,
                note,
                status,
                custody,
                holderId,
                model,
                generation + 1,
                null,
                valueHash,
                valueHint,
                createdAt,
                expiresAt,
                lastUsedAt,
                version + 1,
                deletedAt);
    }

    /// Data of the events that ask for no evaluation key.
    public TokenChanged changed(@Nullable ModelId previousModel, String by) {
        return new TokenChanged(
                accountId.value(),
                id.value(),
                name,
                status,
                previousModel == null ? null : previousModel.value(),
                modelId == null ? null : modelId.value(),
                generation,
                by);
    }
}
