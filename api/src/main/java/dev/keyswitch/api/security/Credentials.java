package dev.keyswitch.api.security;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.CredentialId;
import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.IdSource;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.value.ShownOnceValue;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes management credentials. Runs within the caller's transaction.
@Singleton
public final class Credentials {

    private final CredentialRepository repository;
    private final ShownOnceValues values;
    private final IdSource ids;
    private final Clock clock;

    Credentials(CredentialRepository repository, ShownOnceValues values, IdSource ids, Clock clock) {
        this.repository = repository;
        this.values = values;
        this.ids = ids;
        this.clock = clock;
    }

    /// @param account null for ADMIN alone
    /// @param holder for AGENT alone
    /// @return with its value, which is shown this once
    public Credential create(@Nullable AccountId account, String name, Role role, @Nullable HolderId holder) {
        return create(account, name, role, holder, List.of());
    }

    /// The same, bound to models.
    Credential create(
            @Nullable AccountId account, String name, Role role, @Nullable HolderId holder, List<UUID> models) {
        ShownOnceValue value = values.next(ShownOnceValue.CREDENTIAL_PREFIX);
        CredentialRow row = save(account, name, role, holder, value.reveal());
        models.forEach(model -> repository.bind(row.id(), model));
        return row.toContract(models, value.reveal());
    }

    /// A value that is not stored yet.
    public ShownOnceValue nextValue() {
        return values.next(ShownOnceValue.CREDENTIAL_PREFIX);
    }

    /// Stores a credential whose value is known already; nothing happens if it is stored, revoked or not.
    public void ensure(@Nullable AccountId account, String name, Role role, String value) {
        if (repository.findByHash(ShownOnceValues.hash(value)).isEmpty()) {
            save(account, name, role, null, value);
        }
    }

    private CredentialRow save(@Nullable AccountId account, String name, Role role, @Nullable HolderId holder, String value) {
        CredentialRow row = new CredentialRow(
                new CredentialId(ids.next()),
                account,
                name,
                role,
                holder,
                ShownOnceValues.hash(value),
                value.substring(value.length() - 4),
                clock.instant(),
                null,
                null);
        repository.save(row);
        return row;
    }
}
