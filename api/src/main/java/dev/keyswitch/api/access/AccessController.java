package dev.keyswitch.api.access;

import dev.keyswitch.api.EvaluationKeyId;
import dev.keyswitch.api.Id;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.access.AccessDecisions.Question;
import dev.keyswitch.api.http.Form;
import dev.keyswitch.api.idempotency.KeepAnswer;
import dev.keyswitch.api.preview.Previewed;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Allowed;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.access.Introspection;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.problem.ProblemCode;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// RFC 7662. The value travels in the body, never in the address, where logs would keep it.
@Controller("/v1/introspect")
@ExecuteOn("decisions")
final class AccessController {

    private final AccessDecisions decisions;

    AccessController(AccessDecisions decisions) {
        this.decisions = decisions;
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allowed({Role.GATEWAY, Role.OWNER, Role.OPERATOR})
    @KeepAnswer(KeepAnswer.When.NEVER)
    @Previewed(Previewed.How.NEVER)
    HttpResponse<Introspection> introspect(Caller caller, @Body @Nullable String body) {
        Form form = Form.read(body);
        String evaluationKeyId = form.field("evaluation_key_id");
        Question question = new Question(
                required("/token", form.field("token")),
                new ModelId(id("/model_id", required("/model_id", form.field("model_id")))),
                evaluationKeyId == null ? null : new EvaluationKeyId(id("/evaluation_key_id", evaluationKeyId)));
        if (!caller.isFor(question.model())) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "This credential is bound to other models.");
        }
        return HttpResponse.ok(decisions.decide(caller.account(), question)).header(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    private static String required(String pointer, @Nullable String value) {
        if (value == null) {
            throw ProblemException.invalid(pointer, "is missing");
        }
        return value;
    }

    private static UUID id(String pointer, String text) {
        try {
            return Id.parse(text);
        } catch (IllegalArgumentException _) {
            throw ProblemException.invalid(pointer, "must be an id");
        }
    }
}
