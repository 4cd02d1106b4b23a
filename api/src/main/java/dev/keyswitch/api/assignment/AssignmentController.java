package dev.keyswitch.api.assignment;

import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.http.Cursor;
import dev.keyswitch.api.http.IfMatch;
import dev.keyswitch.api.http.QueryParameters;
import dev.keyswitch.api.security.Allowed;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.token.AssignToken;
import dev.keyswitch.contract.token.Assignment;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.value.Page;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.UUID;

@Controller("/v1/tokens/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AssignmentController {

    private final AssignmentService assignments;

    AssignmentController(AssignmentService assignments) {
        this.assignments = assignments;
    }

    @Put("/assignment")
    @Allowed({Role.OWNER, Role.OPERATOR})
    HttpResponse<Token> assign(Caller caller, TokenId id, IfMatch condition, @Body AssignToken wanted) {
        return assignments.assign(caller, id, wanted, condition).ok();
    }

    @Delete("/assignment")
    @Allowed({Role.OWNER, Role.OPERATOR})
    HttpResponse<Token> unassign(Caller caller, TokenId id, IfMatch condition, QueryParameters query) {
        UUID expected = query.id("modelId");
        query.refuseOthers();
        return assignments.unassign(caller, id, expected == null ? null : new ModelId(expected), condition).ok();
    }

    @Get("/assignments")
    @Allowed({Role.OWNER, Role.OPERATOR, Role.VIEWER, Role.AGENT})
    Page<Assignment> history(Caller caller, TokenId id, QueryParameters query) {
        int limit = query.limit();
        Cursor cursor = query.cursor();
        query.refuseOthers();
        return assignments.history(caller, id, limit, cursor);
    }
}
