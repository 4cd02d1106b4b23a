package dev.keyswitch.api.account;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.Slug;
import dev.keyswitch.api.audit.Audit;
import dev.keyswitch.api.audit.AuditEntry;
import dev.keyswitch.api.http.Fields;
import dev.keyswitch.api.outbox.RelayBell;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.problem.UniqueViolation;
import dev.keyswitch.api.security.Admissions;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.api.security.Credentials;
import dev.keyswitch.contract.account.Account;
import dev.keyswitch.contract.account.CreateAccount;
import dev.keyswitch.contract.account.CreatedAccount;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.contract.value.Page;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the deployment's administrator does: create accounts and list them, and see nothing inside.
@Singleton
public class AccountAdministration {

    private final AccountRepository repository;
    private final Accounts accounts;
    private final Bootstrap bootstrap;
    private final Credentials credentials;
    private final Admissions admissions;
    private final Audit audit;
    private final RelayBell bell;
    private final Clock clock;

    AccountAdministration(
            AccountRepository repository,
            Accounts accounts,
            Bootstrap bootstrap,
            Credentials credentials,
            Admissions admissions,
            Audit audit,
            RelayBell bell,
            Clock clock) {
        this.repository = repository;
        this.accounts = accounts;
        this.bootstrap = bootstrap;
        this.credentials = credentials;
        this.admissions = admissions;
        this.audit = audit;
        this.bell = bell;
        this.clock = clock;
    }

    @Transactional
    CreatedAccount create(Caller caller, CreateAccount wanted) {
        String slug = slug(Fields.required("/slug", wanted.slug()));
        String name = wanted.name() == null ? slug : Fields.name("/name", wanted.name());
        AccountRow account = store(slug, name);
        Credential owner = credentials.create(account.id(), "first owner", Role.OWNER, null);
        audit.append(AuditEntry.account(account.id(), caller.actor(), "account.created")
                .after(Map.of("slug", slug, "name", name)));
        return new CreatedAccount(account.toContract(accounts.deploymentId()), owner);
    }

    private AccountRow store(String slug, String name) {
        try {
            return bootstrap.create(slug, name);
        } catch (DataAccessException e) {
            throw UniqueViolation.of(AccountRepository.UNIQUE_SLUG, e)
                    .map(violation -> new ProblemException(
                                    ProblemCode.CONFLICT, "There is an account with this slug already: " + slug + ".")
                            .withError("/slug", "is taken"))
                    .orElseThrow(() -> e);
        }
    }

    private static String slug(String text) {
        try {
            return Slug.check(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("/slug", "is not one: " + e.getMessage());
        }
    }

    @Transactional(readOnly = true)
    Page<Account> list(int limit, @Nullable UUID after) {
        List<AccountRow> rows =
                repository.list(Objects.requireNonNullElse(after, new UUID(0, 0)).toString(), limit + 1);
        List<Account> items = rows.stream()
                .limit(limit)
                .map(row -> row.toContract(accounts.deploymentId()))
                .toList();
        return new Page<>(items, rows.size() <= limit ? null : items.getLast().id().toString());
    }

    /// From the next request on every credential of the account and every token is refused; nothing inside changes. Twice
    /// has the effect of once.
    @Transactional
    Account suspend(Caller caller, AccountId id, boolean wanted) {
        AccountRow before = repository.lock(id).orElseThrow(() -> ProblemException.notFound("account"));
        if ((before.suspendedAt() != null) != wanted) {
            repository.suspend(id, wanted ? clock.instant() : null);
            admissions.forgetAfterCommit();
            bell.ringAfterCommit();
            audit.append(AuditEntry.account(id, caller.actor(), wanted ? "account.suspended" : "account.resumed"));
        }
        return accounts.row(id).toContract(accounts.deploymentId());
    }
}
