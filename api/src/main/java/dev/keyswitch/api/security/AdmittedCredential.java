package dev.keyswitch.api.security;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.CredentialId;
import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.contract.account.Role;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a credential lets its bearer do, read in one statement.
///
/// @param models ids with spaces between; null unless it is bound to some
@MappedEntity("credential")
record AdmittedCredential(
        @Id CredentialId id,
        @Nullable AccountId accountId,
        String name,
        Role role,
        @Nullable HolderId holderId,
        @Nullable Instant lastUsedAt,
        @Nullable String models) {

    Set<ModelId> boundTo() {
        return models == null
                ? Set.of()
                : Arrays.stream(models.split(" ")).map(UUID::fromString).map(ModelId::new).collect(Collectors.toUnmodifiableSet());
    }
}
