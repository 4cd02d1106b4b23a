package dev.keyswitch.api.holder;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.HolderId;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.contract.holder.RootKeyRotation;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A key holder as it is stored.
@MappedEntity("holder")
public record HolderRow(
        @Id HolderId id,
        AccountId accountId,
        String name,
        @Nullable String rootFingerprint,
        Instant createdAt,
        long version) {

    /// This row with another name and fingerprint; itself, if both are the same.
    HolderRow with(String newName, @Nullable String newFingerprint) {
        return newName.equals(name) && Objects.equals(newFingerprint, rootFingerprint)
                ? this
                : new HolderRow(id, accountId, newName, newFingerprint, createdAt, version + 1);
    }

    Holder toContract(HolderId defaultHolder, @Nullable RootKeyRotation rotation) {
        return new Holder(id.value(), name, rootFingerprint, id.equals(defaultHolder), createdAt, rotation);
    }
}
