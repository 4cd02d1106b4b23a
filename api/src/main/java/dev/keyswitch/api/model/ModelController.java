package dev.keyswitch.api.model;

import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.http.NamedList;
import dev.keyswitch.api.http.QueryParameters;
import dev.keyswitch.api.security.Allowed;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.model.CreateModel;
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
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

@Controller("/v1/models")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ModelController {

    private final Models models;

    ModelController(Models models) {
        this.models = models;
    }

    @Post
    @Status(HttpStatus.CREATED)
    @Allowed(Role.OWNER)
    Model create(Caller caller, @Body CreateModel model) {
        return models.create(caller, model);
    }

    @Get
    @Allowed({Role.OWNER, Role.OPERATOR, Role.VIEWER, Role.AGENT})
    Page<Model> list(Caller caller, QueryParameters query) {
        ModelStatus status = query.choice("status", ModelStatus.class);
        NamedList.Cut cut = NamedList.Cut.of(query);
        query.refuseOthers();
        return models.list(caller, status, cut);
    }

    @Get("/{id}")
    @Allowed({Role.OWNER, Role.OPERATOR, Role.VIEWER, Role.AGENT})
    Model get(Caller caller, ModelId id) {
        return models.get(caller, id);
    }

    @Get(uri = "/{id}/encryption-parameters", produces = MediaType.APPLICATION_OCTET_STREAM)
    @Allowed({Role.OWNER, Role.OPERATOR, Role.VIEWER, Role.AGENT})
    byte[] encryptionParameters(Caller caller, ModelId id) {
        return models.encryptionParameters(caller, id);
    }

    @Delete("/{id}")
    @Allowed(Role.OWNER)
    HttpResponse<?> delete(Caller caller, ModelId id) {
        models.delete(caller, id);
        return HttpResponse.noContent();
    }
}
