package dev.keyswitch.api.model;

import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.http.IfMatch;
import dev.keyswitch.api.http.NamedList;
import dev.keyswitch.api.http.QueryParameters;
import dev.keyswitch.api.http.Sort;
import dev.keyswitch.api.security.Allowed;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.model.ChangeModel;
import dev.keyswitch.contract.model.CreateModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.ModelStatus;
import dev.keyswitch.contract.value.Page;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Patch;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Set;
import java.util.UUID;

@Controller("/v1/models")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ModelController {

    private final Models models;
    private final ModelChanges changes;
    private final ModelDeletion deletion;

    ModelController(Models models, ModelChanges changes, ModelDeletion deletion) {
        this.models = models;
        this.changes = changes;
        this.deletion = deletion;
    }

    @Post
    @Status(HttpStatus.CREATED)
    @Allowed(Role.OWNER)
    HttpResponse<Model> create(Caller caller, @Body CreateModel model) {
        return models.create(caller, model).created();
    }

    @Get
    @Allowed({Role.OWNER, Role.OPERATOR, Role.VIEWER, Role.AGENT})
    Page<Model> list(Caller caller, QueryParameters query) {
        Set<UUID> ids = query.ids("id");
        ModelStatus status = query.choice("status", ModelStatus.class);
        NamedList.Cut cut = NamedList.Cut.of(query, Sort.OF_NAMED);
        query.refuseOthers();
        return models.list(caller, ids, status, cut);
    }

    @Get("/{id}")
    @Allowed({Role.OWNER, Role.OPERATOR, Role.VIEWER, Role.AGENT})
    HttpResponse<Model> get(Caller caller, ModelId id) {
        return models.get(caller, id).ok();
    }

    @Patch(value = "/{id}", consumes = {MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Allowed(Role.OWNER)
    HttpResponse<Model> change(Caller caller, ModelId id, IfMatch condition, @Body ChangeModel change) {
        return changes.change(caller, id, change, condition).ok();
    }

    @Put("/{id}/encryption-profile")
    @Allowed(Role.OWNER)
    HttpResponse<Model> changeEncryptionProfile(
            Caller caller, ModelId id, IfMatch condition, @Body EncryptionProfile profile) {
        return changes.compute(caller, id, profile, condition).ok();
    }

    @Post("/{id}/activate")
    @Allowed(Role.OWNER)
    HttpResponse<Model> activate(Caller caller, ModelId id, IfMatch condition) {
        return changes.turn(caller, id, ModelStatus.ACTIVE, condition).ok();
    }

    @Post("/{id}/deactivate")
    @Allowed(Role.OWNER)
    HttpResponse<Model> deactivate(Caller caller, ModelId id, IfMatch condition) {
        return changes.turn(caller, id, ModelStatus.INACTIVE, condition).ok();
    }

    @Get(uri = "/{id}/encryption-parameters", produces = MediaType.APPLICATION_OCTET_STREAM)
    @Allowed({Role.OWNER, Role.OPERATOR, Role.VIEWER, Role.AGENT})
    byte[] encryptionParameters(Caller caller, ModelId id) {
        return models.encryptionParameters(caller, id);
    }

    @Delete("/{id}")
    @Allowed(Role.OWNER)
    HttpResponse<?> delete(Caller caller, ModelId id, IfMatch condition, QueryParameters query) {
        boolean unassignTokens = Boolean.TRUE.equals(query.flag("unassignTokens"));
        query.refuseOthers();
        return deletion.delete(caller, id, unassignTokens, condition)
                .<HttpResponse<?>>map(model -> HttpResponse.accepted().body(model.value()))
                .orElseGet(HttpResponse::noContent);
    }
}
