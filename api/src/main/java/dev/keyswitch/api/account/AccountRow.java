package dev.keyswitch.api.account;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.HolderId;
import dev.keyswitch.contract.account.Account;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;

/// An account as it is stored. The slug never changes.
@MappedEntity("account")
public record AccountRow(@Id AccountId id, String slug, String name, HolderId defaultHolderId, Instant createdAt) {

    Account toContract(UUID deploymentId) {
        return new Account(id.value(), slug, name, deploymentId, defaultHolderId.value(), createdAt);
    }
}
