package dev.keyswitch.api.access;

import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.AllowedToTokens;
import dev.keyswitch.api.security.BearerValue;
import dev.keyswitch.contract.access.Self;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.contract.value.ShownOnceValue;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/// What a token's own value opens.
@Controller("/v1/self")
@ExecuteOn(TaskExecutors.BLOCKING)
final class SelfController {

    private final SelfAnswers answers;

    SelfController(SelfAnswers answers) {
        this.answers = answers;
    }

    @Get
    @AllowedToTokens
    HttpResponse<Self> self(HttpRequest<?> request) {
        Self self = BearerValue.of(request, ShownOnceValue.TOKEN_PREFIX)
                .flatMap(answers::of)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.UNAUTHENTICATED, "The request needs the value of a token: Authorization: Bearer kst_…"));
        return HttpResponse.ok(self).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }
}
