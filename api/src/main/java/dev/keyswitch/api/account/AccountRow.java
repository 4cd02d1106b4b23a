package dev.keyswitch.api.account;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.HolderId;
import dev.keyswitch.contract.account.Account;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An account as it is stored. The slug never changes.
@MappedEntity("account")
public record AccountRow(
        @Id AccountId id,
        String slug,
        String name,
        HolderId defaultHolderId,
        Instant createdAt,
        @Nullable Instant suspendedAt,
        int tokenLifetimeDays,
        long version) {

    Account toContract(UUID deploymentId) {
        return new Account(
                id.value(), slug, name, deploymentId, defaultHolderId.value(), tokenLifetimeDays, createdAt, suspendedAt);
    }
}
