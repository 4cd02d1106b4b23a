package dev.keyswitch.api.holder;

import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.http.IfMatch;
import dev.keyswitch.api.http.QueryParameters;
import dev.keyswitch.api.security.Allowed;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.holder.ChangeHolder;
import dev.keyswitch.contract.holder.CreateHolder;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.contract.holder.RotateRootKey;
import dev.keyswitch.contract.value.Page;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.UUID;

@Controller("/v1/holders")
@ExecuteOn(TaskExecutors.BLOCKING)
final class HolderController {

    private final Holders holders;

    HolderController(Holders holders) {
        this.holders = holders;
    }

    @Post
    @Status(HttpStatus.CREATED)
    @Allowed(Role.OWNER)
    HttpResponse<Holder> create(Caller caller, @Body CreateHolder holder) {
        return holders.create(caller, holder).created();
    }

    @Get
    @Allowed({Role.OWNER, Role.OPERATOR, Role.VIEWER, Role.AGENT})
    Page<Holder> list(Caller caller, QueryParameters query) {
        int limit = query.limit();
        UUID after = query.id("cursor");
        query.refuseOthers();
        return holders.list(caller, limit, after);
    }

    @Get("/{id}")
    @Allowed({Role.OWNER, Role.OPERATOR, Role.VIEWER, Role.AGENT})
    HttpResponse<Holder> get(Caller caller, HolderId id) {
        return holders.get(caller, id).ok();
    }

    @Patch(value = "/{id}", consumes = {MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Allowed({Role.OWNER, Role.AGENT})
    HttpResponse<Holder> change(Caller caller, HolderId id, IfMatch condition, @Body ChangeHolder change) {
        return holders.change(caller, id, change, condition).ok();
    }

    @Post("/{id}/rotate-root-key")
    @Allowed({Role.OWNER, Role.AGENT})
    HttpResponse<Holder> rotateRootKey(
            Caller caller, HolderId id, IfMatch condition, @Body RotateRootKey rotation) {
        return holders.rotateRootKey(caller, id, rotation, condition).ok();
    }
}
