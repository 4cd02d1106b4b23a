package dev.keyswitch.cli;

import dev.keyswitch.contract.account.Account;
import dev.keyswitch.contract.account.CreatedAccount;
import java.util.List;

/// Accounts as people read them.
final class AccountViews {
    private AccountViews() {}

    static Table table(Terminal terminal, List<Account> accounts) {
        Table table = new Table("SLUG", "NAME", "STATUS", "CREATED", "ID");
        for (Account account : accounts) {
            table.row(account.slug(), account.name(), status(account), terminal.time(account.createdAt()), account.id());
        }
        return table;
    }

    static Facts facts(Terminal terminal, Account account) {
        return new Facts()
                .with("slug", account.slug())
                .with("name", account.name())
                .with("id", account.id())
                .with("status", status(account))
                .with("token lifetime", account.tokenLifetimeDays() + " days")
                .with("default holder id", account.defaultHolderId())
                .with("deployment id", account.deploymentId())
                .with("created", terminal.time(account.createdAt()));
    }

    /// The value stands on a line of its own, ready to be copied.
    static String created(Terminal terminal, CreatedAccount created) {
        return facts(terminal, created.account())
                + "\nThis is the value of its first OWNER credential. It is shown now and never again:\n\n"
                + created.ownerCredential().value() + "\n";
    }

    private static String status(Account account) {
        return account.suspendedAt() == null ? "ACTIVE" : "SUSPENDED";
    }
}
