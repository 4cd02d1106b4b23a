package dev.keyswitch.api.account;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.preview.PreviewSubject;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.account.Account;
import jakarta.inject.Singleton;
import java.util.UUID;

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
    public Object read(Caller caller, UUID id) {
        return accounts.row(new AccountId(id)).toContract(accounts.deploymentId());
    }

    @Override
    public UUID own(Caller caller) {
        return caller.account().value();
    }
}
