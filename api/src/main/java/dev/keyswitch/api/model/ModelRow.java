package dev.keyswitch.api.model;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.ModelStatus;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import io.micronaut.data.annotation.TypeDef;
import io.micronaut.data.model.DataType;
import java.time.Instant;
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
        @Nullable Instant deletedAt) {

    UUID uuid() {
        return id.value();
    }

    Model toContract(long tokenCount) {
        return new Model(id.value(), name, description, status, encryptionProfile, tokenCount, createdAt, updatedAt);
    }
}
