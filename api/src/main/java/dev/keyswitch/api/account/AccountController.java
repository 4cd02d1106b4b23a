package dev.keyswitch.api.account;

import dev.keyswitch.api.http.IfMatch;
import dev.keyswitch.api.security.Allowed;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.account.Account;
import dev.keyswitch.contract.account.ChangeAccount;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.account.Whoami;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

@Controller("/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AccountController {

    private final Accounts accounts;
    private final AccountSettings settings;

    AccountController(Accounts accounts, AccountSettings settings) {
        this.accounts = accounts;
        this.settings = settings;
    }

    @Get("/account")
    @Allowed({Role.OWNER, Role.OPERATOR, Role.VIEWER, Role.AGENT})
    HttpResponse<Account> account(Caller caller) {
        return accounts.versioned(caller.account()).ok();
    }

    @Patch(value = "/account", consumes = {MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Allowed(Role.OWNER)
    HttpResponse<Account> change(Caller caller, IfMatch condition, @Body ChangeAccount change) {
        return settings.change(caller, change, condition).ok();
    }

    @Get("/whoami")
    @Allowed({Role.ADMIN, Role.OWNER, Role.OPERATOR, Role.VIEWER, Role.AGENT, Role.GATEWAY})
    Whoami whoami(Caller caller) {
        return new Whoami(
                caller.credentialId().value(),
                caller.name(),
                caller.role(),
                caller.accountId() == null ? null : caller.accountId().value(),
                caller.accountId() == null ? null : accounts.slug(caller.accountId()),
                caller.holderId() == null ? null : caller.holderId().value(),
                accounts.deploymentId());
    }
}
