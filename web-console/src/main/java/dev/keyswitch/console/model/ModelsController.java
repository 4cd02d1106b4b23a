package dev.keyswitch.console.model;

import dev.keyswitch.console.page.FieldProblems;
import dev.keyswitch.console.page.Frame.Section;
import dev.keyswitch.console.page.ListRequest;
import dev.keyswitch.console.page.Pages;
import dev.keyswitch.console.session.Form;
import dev.keyswitch.console.session.Notice;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.ModelStatus;
import dev.keyswitch.contract.value.Page;
import dev.keyswitch.sdk.ModelQuery;
import dev.keyswitch.sdk.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// The list of models, and adding one.
@Controller("/models")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ModelsController {

    private static final int CANDIDATES = 8;

    private final Pages pages;
    private final Clock clock;

    ModelsController(Pages pages, Clock clock) {
        this.pages = pages;
        this.clock = clock;
    }

    @Get
    HttpResponse<?> list(HttpRequest<?> request, Session session) {
        ListRequest asked = ListRequest.of(request, Map.of("status", ListRequest.oneOf(ModelStatus.class)));
        String status = asked.filter("status");
        Page<Model> page = session.client()
                .models()
                .list(ModelQuery.everything()
                        .q(asked.qOrNull())
                        .status(status == null ? null : ModelStatus.valueOf(status))
                        .sort(asked.sortOrNull())
                        .cursor(asked.cursor()));
        Instant now = clock.instant();
        List<ModelRow> rows =
                page.items().stream().map(model -> ModelRow.of(model, now)).toList();
        return pages.page(
                "models",
                pages.frame(session, Section.MODELS, "Models"),
                Map.of("list", asked.listing(rows, page.nextCursor(), null)));
    }

    @Get("/new")
    HttpResponse<?> form(Session session) {
        return form(HttpStatus.OK, session, ModelForm.fresh(), FieldProblems.none());
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> create(Session session, Form form) {
        ModelForm filled = ModelForm.of(form);
        if (!filled.problems().isEmpty()) {
            return form(HttpStatus.UNPROCESSABLE_ENTITY, session, filled, filled.problems());
        }
        try {
            Model model = session.client().models().create(Objects.requireNonNull(filled.request()));
            session.tell(Notice.done("Model " + model.name() + " was added. Assign its first token here."));
            return HttpResponse.seeOther(URI.create("/models/" + model.id() + "/tokens"));
        } catch (ProblemException e) {
            return form(FieldProblems.status(e), session, filled, ModelForm.problems(e));
        }
    }

    private HttpResponse<?> form(HttpStatus status, Session session, ModelForm form, FieldProblems problems) {
        return pages.page(
                status,
                "model-new",
                pages.frame(session, Section.MODELS, "Add model"),
                Map.of("form", form, "problems", problems, "limits", ProfileFacts.limits()));
    }

    /// Models whose name has a part, for the field that chooses one.
    @Get("/candidates")
    @Produces(MediaType.APPLICATION_JSON)
    Candidates candidates(HttpRequest<?> request, Session session) {
        String q = request.getParameters().getFirst("q").orElse("").strip();
        Page<Model> page = session.client()
                .models()
                .list(ModelQuery.everything().q(q.isEmpty() ? null : q).limit(CANDIDATES));
        return new Candidates(
                page.items().stream().map(Candidates.Option::of).toList(), page.nextCursor() != null);
    }

    /// SEAL's EncryptionParameters, for the model's and the end user's programs.
    @Get("/{id}/encryption-parameters")
    HttpResponse<?> encryptionParameters(UUID id, Session session) {
        byte[] bytes = session.client().models().encryptionParameters(id);
        return HttpResponse.ok(bytes)
                .contentType(MediaType.APPLICATION_OCTET_STREAM_TYPE)
                .header("Content-Disposition", "attachment; filename=\"encryption-parameters-" + id + ".seal\"");
    }

    /// What the field offers.
    record Candidates(List<Option> options, boolean more) {
        record Option(String id, String name, String detail) {
            static Option of(Model model) {
                return new Option(
                        model.id().toString(), model.name(), new ProfileFacts(model.encryptionProfile()).brief());
            }
        }
    }
}
