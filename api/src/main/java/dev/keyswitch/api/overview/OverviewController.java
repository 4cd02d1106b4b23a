package dev.keyswitch.api.overview;

import dev.keyswitch.api.security.Allowed;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.account.Overview;
import dev.keyswitch.contract.account.Role;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

@Controller("/v1/overview")
@ExecuteOn(TaskExecutors.BLOCKING)
final class OverviewController {

    private final Overviews overviews;

    OverviewController(Overviews overviews) {
        this.overviews = overviews;
    }

    @Get
    @Allowed({Role.OWNER, Role.OPERATOR, Role.VIEWER})
    Overview get(Caller caller) {
        return overviews.of(caller.account());
    }
}
