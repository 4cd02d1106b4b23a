package dev.keyswitch.api.audit;

import dev.keyswitch.api.http.QueryParameters;
import dev.keyswitch.api.security.Allowed;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.audit.AuditedChange;
import dev.keyswitch.contract.value.Page;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

@Controller("/v1/audit")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AuditController {

    private final AuditTrail trail;

    AuditController(AuditTrail trail) {
        this.trail = trail;
    }

    @Get
    @Allowed({Role.OWNER, Role.OPERATOR, Role.VIEWER})
    Page<AuditedChange> list(Caller caller, QueryParameters query) {
        AuditFilter filter = AuditFilter.of(query);
        int limit = query.limit();
        AuditCursor cursor = AuditCursor.of(query);
        query.refuseOthers();
        return trail.list(caller.account(), filter, limit, cursor);
    }
}
