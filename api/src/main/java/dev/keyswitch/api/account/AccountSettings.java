package dev.keyswitch.api.account;

import dev.keyswitch.api.audit.Audit;
import dev.keyswitch.api.audit.AuditEntry;
import dev.keyswitch.api.http.Fields;
import dev.keyswitch.api.http.IfMatch;
import dev.keyswitch.api.http.Versioned;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.account.Account;
import dev.keyswitch.contract.account.ChangeAccount;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;

/// What the account's own people decide about it.
@Singleton
class AccountSettings {

    private static final int MAX_DAYS = 365;

    private final AccountRepository repository;
    private final Accounts accounts;
    private final Audit audit;

    AccountSettings(AccountRepository repository, Accounts accounts, Audit audit) {
        this.repository = repository;
        this.accounts = accounts;
        this.audit = audit;
    }

    @Transactional
    Versioned<Account> change(Caller caller, ChangeAccount wanted, IfMatch condition) {
        AccountRow before = repository.lock(caller.account()).orElseThrow();
        condition.require(before.version());
        String name = wanted.name() == null ? before.name() : Fields.name("/name", wanted.name());
        int days = Objects.requireNonNullElse(wanted.tokenLifetimeDays(), before.tokenLifetimeDays());
        if (days < 1 || days > MAX_DAYS) {
            throw ProblemException.invalid("/tokenLifetimeDays", "must be 1 to " + MAX_DAYS);
        }
        if (!name.equals(before.name()) || days != before.tokenLifetimeDays()) {
            repository.change(before.id(), name, days);
            audit.append(AuditEntry.account(before.id(), caller.actor(), "account.changed")
                    .before(facts(before.name(), before.tokenLifetimeDays()))
                    .after(facts(name, days)));
        }
        return accounts.versioned(before.id());
    }

    private static Map<String, Object> facts(String name, int tokenLifetimeDays) {
        return Map.of("name", name, "tokenLifetimeDays", tokenLifetimeDays);
    }
}
