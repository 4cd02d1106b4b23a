package dev.keyswitch.api.model;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.contract.event.ModelChanged;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.ModelJob;
import dev.keyswitch.contract.model.ModelStatus;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A model as it is stored.
///
/// @param encryptionProfile resolved
@MappedEntity("model")
public record ModelRow(
        @Id ModelId id,
        AccountId accountId,
        String name,
        String description,
        ModelStatus status,
        @TypeDef(type = DataType.JSON) EncryptionProfile encryptionProfile,
        String profileDigest,
        Instant createdAt,
        Instant updatedAt,
        long version,
        @Nullable Instant deletionRequestedAt,
        @Nullable Instant deletedAt) {

    UUID uuid() {
        return id.value();
    }

    /// This row called otherwise.
    ModelRow called(String newName, String newDescription, Instant now) {
        return with(newName, newDescription, status, encryptionProfile, now);
    }

    ModelRow in(ModelStatus newStatus, Instant now) {
        return with(name, description, newStatus, encryptionProfile, now);
    }

    ModelRow computingWith(EncryptionProfile resolved, Instant now) {
        return with(name, description, status, resolved, now);
    }

    private ModelRow with(
            String newName, String newDescription, ModelStatus newStatus, EncryptionProfile profile, Instant now) {
        return new ModelRow(
                id,
                accountId,
                newName,
                newDescription,
                newStatus,
                profile,
                Objects.requireNonNull(profile.digest()),
                createdAt,
                now,
                version + 1,
                deletionRequestedAt,
                deletedAt);
    }

    /// Data of the events about it.
    ModelChanged changed(String by) {
        return new ModelChanged(accountId.value(), id.value(), name, status, profileDigest, by);
    }

    Model toContract(long tokenCount, @Nullable ModelJob job) {
        return new Model(
                id.value(), name, description, status, encryptionProfile, tokenCount, createdAt, updatedAt, job);
    }
}
