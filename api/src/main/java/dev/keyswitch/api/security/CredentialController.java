package dev.keyswitch.api.security;

import dev.keyswitch.api.CredentialId;
import dev.keyswitch.api.http.QueryParameters;
import dev.keyswitch.contract.account.CreateCredential;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.value.Page;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Status;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.UUID;

@Controller("/v1/credentials")
@ExecuteOn(TaskExecutors.BLOCKING)
final class CredentialController {

    private final CredentialService credentials;

    CredentialController(CredentialService credentials) {
        this.credentials = credentials;
    }

    @Post
    @Status(HttpStatus.CREATED)
    @Allowed(Role.OWNER)
    Credential create(Caller caller, @Body CreateCredential credential) {
        return credentials.create(caller, credential);
    }

    @Get
    @Allowed(Role.OWNER)
    Page<Credential> list(Caller caller, QueryParameters query) {
        int limit = query.limit();
        UUID after = query.id("cursor");
        query.refuseOthers();
        return credentials.list(caller, limit, after);
    }

    @Delete("/{id}")
    @Allowed(Role.OWNER)
    HttpResponse<?> revoke(Caller caller, CredentialId id) {
        credentials.revoke(caller, id);
        return HttpResponse.noContent();
    }
}
