package dev.keyswitch.api.account;

import dev.keyswitch.api.preview.PreviewSubject;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.account.Account;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The account of whoever calls.
@Singleton
final class OwnAccountPreview implements PreviewSubject {

    private final Accounts accounts;

    OwnAccountPreview(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public String path() {
        return "account";
    }

    @Override
    public Class<?> type() {
        return Account.class;
    }

    @Override
    public Object read(Caller caller, @Nullable UUID id) {
        return accounts.row(caller.account()).toContract(accounts.deploymentId());
    }

    @Override
    public UUID created(Object answer) {
        return ((Account) answer).id();
    }
}
