package dev.keyswitch.api.account;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.preview.PreviewSubject;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.account.Account;
import dev.keyswitch.contract.account.CreatedAccount;
import jakarta.inject.Singleton;
import java.util.UUID;

/// Accounts as the deployment's administrator sees them.
@Singleton
final class AccountPreview implements PreviewSubject {

    private final AccountRepository repository;
    private final Accounts accounts;

    AccountPreview(AccountRepository repository, Accounts accounts) {
        this.repository = repository;
        this.accounts = accounts;
    }

    @Override
    public String path() {
        return "accounts";
    }

    @Override
    public Class<?> type() {
        return Account.class;
    }

    @Override
    public Object read(Caller caller, UUID id) {
        return repository
                .findById(new AccountId(id))
                .orElseThrow(() -> ProblemException.notFound("account"))
                .toContract(accounts.deploymentId());
    }

    @Override
    public UUID created(Object answer) {
        return ((CreatedAccount) answer).account().id();
    }
}
