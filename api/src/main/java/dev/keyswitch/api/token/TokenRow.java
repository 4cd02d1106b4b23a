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
        @Nullable ModelId pendingModelId,
        @Nullable Long pendingGeneration,
        @Nullable Instant pendingSince,
        byte @Nullable [] valueHash,
        String valueHint,
        Instant createdAt,
        Instant expiresAt,
        ExpiryTold expiryTold,
        long version,
        @Nullable Instant deletedAt) {

    /// What the world was told about the present `expiresAt`.
    public enum ExpiryTold {
        NOTHING,
        EXPIRING,
        EXPIRED
    }

    /// What people say about a token.
    public record Words(
            String name,
            String note,
            TokenStatus status,
            Custody custody,
            HolderId holder,
            Instant expiresAt,
            ExpiryTold expiryTold) {}

    /// Where a token belongs, and where it is about to go.
    private record Place(
            @Nullable ModelId model,
            long generation,
            @Nullable Long activeGeneration,
            @Nullable ModelId pendingModel,
            @Nullable Long pendingGeneration,
            @Nullable Instant pendingSince) {}

    UUID uuid() {
        return id.value();
    }

    /// Whether it may be assigned: neither canceled nor expired.
    public boolean isUsable(Instant now) {
        return status != TokenStatus.CANCELED && expiresAt.isAfter(now);
    }

    /// This row with another assignment, in a newer generation whose evaluation key is not in force yet. A move that waits
    /// is replaced.
    public TokenRow assignedTo(@Nullable ModelId model) {
        return at(new Place(model, generation + 1, null, null, null, null));
    }

    /// This row with a move to `model` that waits for the key of a newer generation. What is in force stays so.
    public TokenRow movingTo(ModelId model, Instant now) {
        return at(new Place(modelId, generation + 1, activeGeneration, model, generation + 1, now));
    }

    /// This row without the move that waits.
    public TokenRow staying() {
        return at(new Place(modelId, generation, activeGeneration, null, null, null));
    }

    /// This row after the move that waited.
    public TokenRow moved() {
        return at(new Place(pendingModelId, generation, pendingGeneration, null, null, null));
    }

    /// This row asking for the key of a newer generation for the model it has. A move that waits goes on waiting.
    public TokenRow renewing() {
        return at(new Place(modelId, generation + 1, null, pendingModelId, pendingGeneration, pendingSince));
    }

    /// This row with a move that waits for the key of a newer generation, instead of the one it has waited for.
    public TokenRow renewingMove() {
        return at(new Place(modelId, generation + 1, activeGeneration, pendingModelId, generation + 1, pendingSince));
    }

    /// This row without a key in force and without a move; the assignment stays.
    public TokenRow withoutKeys() {
        return at(new Place(modelId, generation, null, null, null, null));
    }

    private TokenRow at(Place place) {
        return with(words(), place);
    }

    Words words() {
        return new Words(name, note, status, custody, holderId, expiresAt, expiryTold);
    }

    /// This row with other words.
    TokenRow saying(Words words) {
        return with(words, new Place(modelId, generation, activeGeneration, pendingModelId, pendingGeneration, pendingSince));
    }

    private TokenRow with(Words words, Place place) {
        return new TokenRow(
                id,
                accountId,
                words.name(),
                words.note(),
                words.status(),
                words.custody(),
                words.holder(),
                place.model(),
                place.generation(),
                place.activeGeneration(),
                place.pendingModel(),
                place.pendingGeneration(),
                place.pendingSince(),
                valueHash,
                valueHint,
                createdAt,
                words.expiresAt(),
                words.expiryTold(),
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
