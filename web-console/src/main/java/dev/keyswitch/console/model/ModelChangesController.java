package dev.keyswitch.console.model;

import dev.keyswitch.console.effect.ModelEffects;
import dev.keyswitch.console.page.Attempt;
import dev.keyswitch.console.page.FieldProblems;
import dev.keyswitch.console.page.Frame.Section;
import dev.keyswitch.console.page.Pages;
import dev.keyswitch.console.page.Question;
import dev.keyswitch.console.session.Form;
import dev.keyswitch.console.session.Notice;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.contract.model.ChangeModel;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.preview.Preview;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.sdk.Models;
import dev.keyswitch.sdk.Previews;
import dev.keyswitch.sdk.ProblemException;
import dev.keyswitch.sdk.Versioned;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// Edit, activate, deactivate, delete a model, and give it another encryption profile.
@Controller("/models/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ModelChangesController {

    private static final Map<String, String> FIELD_OF = Map.of("/name", "name", "/description", "description");

    private final Pages pages;
    private final Clock clock;

    ModelChangesController(Pages pages, Clock clock) {
        this.pages = pages;
        this.clock = clock;
    }

    /// What stands in the form that edits a model.
    private record Edit(String name, String description, String tag) {}

    @Get("/edit")
    HttpResponse<?> edit(UUID id, Session session) {
        Versioned<Model> read = session.client().models().read(id);
        Model model = read.value();
        Edit edit = new Edit(model.name(), model.description(), read.tag());
        return editPage(HttpStatus.OK, session, model, edit, FieldProblems.none());
    }

    @Post("/edit")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> save(UUID id, Session session, Form form) {
        Models models = session.client().models();
        Edit edit = new Edit(form.text("name"), form.text("description"), form.text("tag"));
        Model before = models.get(id);
        try {
            Model saved = models.change(
                    new Versioned<>(before, edit.tag()), new ChangeModel(edit.name(), edit.description()));
            Map<String, String> undo = Map.of(
                    "name", before.name(), "description", before.description(), "tag", models.read(id).tag());
            session.tell(Notice.done(saved.name() + " is saved.").undoneBy("Undo", path(id) + "/edit", undo));
            return Attempt.back(form, path(id));
        } catch (ProblemException e) {
            if (e.is(ProblemCode.PRECONDITION_FAILED)) {
                Versioned<Model> now = models.read(id);
                Edit again = new Edit(edit.name(), edit.description(), now.tag());
                return editPage(HttpStatus.CONFLICT, session, now.value(), again, overtaken(now.value(), e));
            }
            FieldProblems problems = e.is(ProblemCode.MODEL_NAME_TAKEN)
                    ? FieldProblems.of("name", e.problem().detail())
                    : FieldProblems.of(e, FIELD_OF);
            return editPage(FieldProblems.status(e), session, before, edit, problems);
        }
    }

    private static FieldProblems overtaken(Model now, ProblemException refusal) {
        return new FieldProblems(
                Map.of(),
                "Not saved: meanwhile somebody changed this model. Its name is “" + now.name() + "” and its description “"
                        + now.description()
                        + "” now. What you typed is still here. Save again to put it in that place.",
                refusal.requestId());
    }

    private HttpResponse<?> editPage(
            HttpStatus status, Session session, Model model, Edit edit, FieldProblems problems) {
        return pages.page(
                status,
                "model-edit",
                pages.frame(session, Section.MODELS, "Edit " + model.name()),
                Map.of(
                        "model", ModelRow.of(model, clock.instant()),
                        "name", edit.name(),
                        "description", edit.description(),
                        "tag", edit.tag(),
                        "problems", problems));
    }

    @Get("/{what:activate|deactivate|delete}")
    HttpResponse<?> question(UUID id, String what, Session session) {
        Model model = session.client().models().get(id);
        Previews previews = session.client().previews();
        Question question = switch (what) {
            case "activate" -> activation(model).withEffects(ModelEffects.of(previews.activate(id)));
            case "deactivate" -> deactivation(model).withEffects(ModelEffects.of(previews.deactivate(id)));
            default -> deletion(model, ModelEffects.of(previews.deleteModel(id, model.tokenCount() > 0)));
        };
        return pages.question(session, Section.MODELS, question);
    }

    private static Question activation(Model model) {
        return Question.of(
                "Activate " + model.name() + "?", "Its tokens can query it again.", path(model.id()) + "/activate", "Activate",
                path(model.id()));
    }

    private static Question deactivation(Model model) {
        return Question.of(
                "Deactivate " + model.name() + "?",
                "No token can query it until it is active again.",
                path(model.id()) + "/deactivate",
                "Deactivate",
                path(model.id()));
    }

    private static Question deletion(Model model, List<String> foretold) {
        boolean used = model.tokenCount() > 0;
        List<String> effects = new ArrayList<>(foretold);
        effects.add("What happened to it stays in the activity.");
        return Question.of(
                        "Delete " + model.name() + "?",
                        "This is final.",
                        path(model.id()) + "/delete",
                        used ? "Unassign and delete" : "Delete",
                        path(model.id()))
                .withField("unassign", used ? "true" : "")
                .withEffects(effects)
                .dangerous("Keep it");
    }

    @Post("/activate")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> activate(UUID id, Session session, Form form) {
        return Attempt.of(session, form, path(id), () -> {
            Model model = session.client().models().activate(id);
            return Notice.done(model.name() + " is active.").undoneBy("Undo", path(id) + "/deactivate", Map.of());
        });
    }

    @Post("/deactivate")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> deactivate(UUID id, Session session, Form form) {
        return Attempt.of(session, form, path(id), () -> {
            Model model = session.client().models().deactivate(id);
            return Notice.done(model.name() + " is inactive.").undoneBy("Undo", path(id) + "/activate", Map.of());
        });
    }

    @Post("/delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> delete(UUID id, Session session, Form form) {
        Models models = session.client().models();
        String name = models.get(id).name();
        try {
            if (form.text("unassign").equals("true")) {
                models.deleteWithAssignments(id);
                session.tell(Notice.done(name + " is being deleted. Nobody can query it any more."));
            } else {
                models.delete(id);
                session.tell(Notice.done(name + " was deleted."));
            }
            return HttpResponse.seeOther(URI.create("/models"));
        } catch (ProblemException e) {
            if (e.status() != 409) {
                throw e;
            }
            session.tell(Attempt.refused(e));
            return HttpResponse.seeOther(URI.create(path(id)));
        }
    }

    @Get("/encryption-profile")
    HttpResponse<?> profile(UUID id, Session session) {
        Model model = session.client().models().get(id);
        return profilePage(
                HttpStatus.OK, session, model, ModelForm.of(model.encryptionProfile()), FieldProblems.none());
    }

    @Post("/encryption-profile")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> changeProfile(UUID id, Session session, Form form) {
        Model before = session.client().models().get(id);
        ModelForm filled = ModelForm.of(form);
        if (!filled.problems().isEmpty()) {
            return profilePage(HttpStatus.UNPROCESSABLE_ENTITY, session, before, filled, filled.problems());
        }
        EncryptionProfile wanted = Objects.requireNonNull(
                Objects.requireNonNull(filled.request(), "read").encryptionProfile(), "read");
        try {
            return form.checked("confirmed") ? changeProfile(session, before, wanted) : askForProfile(session, before, filled, wanted);
        } catch (ProblemException e) {
            return profilePage(
                    FieldProblems.status(e), session, before, filled, ModelForm.profileProblems(e));
        }
    }

    /// What it brings about is only known when the form is filled in.
    private HttpResponse<?> askForProfile(Session session, Model model, ModelForm filled, EncryptionProfile wanted) {
        Preview<Model> preview = session.client().previews().changeEncryptionProfile(model.id(), wanted);
        if (ModelEffects.sameProfile(preview)) {
            return profilePage(HttpStatus.OK, session, model, filled, new FieldProblems(
                    Map.of(), "This is the encryption profile that " + model.name() + " has. Change something first.", null));
        }
        Map<String, String> fields = new HashMap<>(filled.profileValues());
        fields.put("confirmed", "true");
        Question question = Question.of(
                        "Change the encryption profile of " + model.name() + "?",
                        described(model) + " becomes " + described(Objects.requireNonNull(preview.after(), "a changed model stays")) + ".",
                        path(model.id()) + "/encryption-profile",
                        "Change the profile",
                        path(model.id()))
                .withEffects(ModelEffects.ofProfile(preview))
                .withFields(fields)
                .dangerous("Keep the present one");
        return pages.question(session, Section.MODELS, question);
    }

    private static String described(Model model) {
        ProfileFacts facts = new ProfileFacts(model.encryptionProfile());
        return facts.brief() + " with " + facts.contents();
    }

    private static HttpResponse<?> changeProfile(Session session, Model before, EncryptionProfile wanted) {
        Model after = session.client().models().changeEncryptionProfile(before.id(), wanted);
        session.tell(Notice.done(after.name() + " has another encryption profile now."
                + (after.tokenCount() == 0 ? "" : " New evaluation keys are asked for.")));
        return HttpResponse.seeOther(URI.create(path(after.id())));
    }

    private HttpResponse<?> profilePage(
            HttpStatus status, Session session, Model model, ModelForm form, FieldProblems problems) {
        return pages.page(
                status,
                "model-profile",
                pages.frame(session, Section.MODELS, "New encryption profile of " + model.name()),
                Map.of(
                        "model", ModelRow.of(model, clock.instant()),
                        "form", form,
                        "problems", problems,
                        "limits", ProfileFacts.limits()));
    }

    private static String path(UUID id) {
        return "/models/" + id;
    }
}
