package dev.keyswitch.api.account;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.http.Versioned;
import dev.keyswitch.contract.account.Account;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What never changes about accounts and the deployment, and so is read once. Safe for use by many threads.
@Singleton
public final class Accounts {

    private final AccountRepository repository;
    private final Map<AccountId, String> slugs = new ConcurrentHashMap<>();
    private volatile @Nullable UUID deployment;

    Accounts(AccountRepository repository) {
        this.repository = repository;
    }

    /// The slug of an account that exists.
    public String slug(AccountId account) {
        return slugs.computeIfAbsent(account, id -> row(id).slug());
    }

    /// The account's row, for what may change.
    public AccountRow row(AccountId account) {
        return repository
                .findById(account)
                .orElseThrow(() -> new IllegalStateException("a caller's account is missing: " + account));
    }

    /// What its own people see of it.
    Versioned<Account> versioned(AccountId account) {
        AccountRow row = row(account);
        return new Versioned<>(row.toContract(deploymentId()), row.version());
    }

    /// The id that key holders pin.
    public UUID deploymentId() {
        UUID known = deployment;
        if (known == null) {
            known = repository
                    .findDeploymentId()
                    .orElseThrow(() -> new IllegalStateException("the deployment has no id: bootstrap did not run"));
            deployment = known;
        }
        return known;
    }
}
