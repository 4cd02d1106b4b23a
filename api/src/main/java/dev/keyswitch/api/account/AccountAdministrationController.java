package dev.keyswitch.api.account;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.http.QueryParameters;
import dev.keyswitch.api.outbox.AccountTopics;
import dev.keyswitch.api.preview.DryRun;
import dev.keyswitch.api.security.Allowed;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.account.Account;
import dev.keyswitch.contract.account.CreateAccount;
import dev.keyswitch.contract.account.CreatedAccount;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.value.Page;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.UUID;

@Controller("/v1/accounts")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AccountAdministrationController {

    private final AccountAdministration administration;
    private final AccountTopics topics;

    AccountAdministrationController(AccountAdministration administration, AccountTopics topics) {
        this.administration = administration;
        this.topics = topics;
    }

    @Post
    @Status(HttpStatus.CREATED)
    @Allowed(Role.ADMIN)
    CreatedAccount create(Caller caller, DryRun dryRun, @Body CreateAccount account) {
        CreatedAccount created = administration.create(caller, account);
        if (!dryRun.wanted()) {
            topics.create(created.account().slug());
        }
        return created;
    }

    @Get
    @Allowed(Role.ADMIN)
    Page<Account> list(QueryParameters query) {
        int limit = query.limit();
        UUID after = query.id("cursor");
        query.refuseOthers();
        return administration.list(limit, after);
    }

    @Post("/{id}/suspend")
    @Allowed(Role.ADMIN)
    Account suspend(Caller caller, AccountId id) {
        return administration.suspend(caller, id, true);
    }

    @Post("/{id}/resume")
    @Allowed(Role.ADMIN)
    Account resume(Caller caller, AccountId id) {
        return administration.suspend(caller, id, false);
    }
}
