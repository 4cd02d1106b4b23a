package dev.keyswitch.console.access;

import dev.keyswitch.console.page.Attempt;
import dev.keyswitch.console.page.FieldProblems;
import dev.keyswitch.console.page.Frame.Section;
import dev.keyswitch.console.page.Once;
import dev.keyswitch.console.page.Pages;
import dev.keyswitch.console.page.Question;
import dev.keyswitch.console.session.Form;
import dev.keyswitch.console.session.Notice;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.contract.account.CreateCredential;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.sdk.KeyswitchException;
import dev.keyswitch.sdk.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.exceptions.HttpStatusException;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// Creates, rolls and revokes management credentials. A value is in one answer, and in none after it.
@Controller("/access/credentials")
@ExecuteOn(TaskExecutors.BLOCKING)
final class CredentialsController {

    private static final String ACCESS = "/access";

    private final Pages pages;

    CredentialsController(Pages pages) {
        this.pages = pages;
    }

    /// The address may say for which role, and for which key holder.
    @Get("/new")
    HttpResponse<?> form(HttpRequest<?> request, Session session) {
        Form query = Form.ofQuery(request);
        return form(HttpStatus.OK, session, CredentialForm.begun(query), FieldProblems.none());
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> create(Session session, Form form) {
        CredentialForm filled = CredentialForm.of(form);
        FieldProblems problems = filled.problems();
        if (!problems.isEmpty()) {
            return form(HttpStatus.UNPROCESSABLE_ENTITY, session, filled, problems);
        }
        try {
            Credential created = session.client().credentials().create(filled.request());
            return once(
                    session,
                    "Credential created",
                    created,
                    "Whoever has it may do this: " + CredentialRow.words(created.role()) + ".");
        } catch (ProblemException e) {
            return form(FieldProblems.status(e), session, filled, CredentialForm.problems(e));
        }
    }

    private HttpResponse<?> once(Session session, String heading, Credential created, String more) {
        Once once = new Once(
                heading,
                created.id().toString(),
                created.name(),
                Objects.requireNonNull(created.value(), "a new credential has a value"),
                "credential-" + created.id() + ".txt",
                home(created),
                more,
                null);
        return pages.page(
                HttpStatus.CREATED, "once", pages.frame(session, Section.ACCESS, heading), Map.of("once", once));
    }

    /// Where a credential is looked after: a worker's on the page of its key holder.
    private static String home(Credential credential) {
        return credential.holderId() == null ? ACCESS : HoldersController.path(credential.holderId());
    }

    private HttpResponse<?> form(HttpStatus status, Session session, CredentialForm form, FieldProblems problems) {
        return pages.page(
                status,
                "credential-new",
                pages.frame(session, Section.ACCESS, "New credential"),
                Map.of(
                        "form", form,
                        "holders", session.client().holders().list(),
                        "problems", problems));
    }

    @Get("/{id}/roll")
    HttpResponse<?> rolling(UUID id, Session session) {
        Credential credential = require(session.client(), id);
        return pages.page(
                "credential-roll",
                pages.frame(session, Section.ACCESS, "Roll " + credential.name()),
                Map.of("credential", credential, "own", isOwn(session, credential), "home", home(credential)));
    }

    /// A new credential that may do the same. The API rolls none: the present one is revoked by itself, now or later.
    @Post("/{id}/roll")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> roll(UUID id, Session session, Form form) {
        Credential before = require(session.client(), id);
        boolean revoke = form.text("present").equals("revoke");
        if (revoke && isOwn(session, before) || !revoke && !form.text("present").equals("keep")) {
            return rolling(id, session);
        }
        Credential after = session.client()
                .credentials()
                .create(new CreateCredential(before.name(), before.role(), before.holderId(), before.modelIds()));
        String fate = revoke ? revoked(session.client(), id) : "works until you revoke it.";
        return once(session, "New value", after, "The credential before, …" + before.valueHint() + ", " + fate);
    }

    /// Whatever comes of it, the new value must be shown.
    private static String revoked(KeyswitchClient client, UUID id) {
        try {
            client.credentials().revoke(id);
            return "is revoked.";
        } catch (KeyswitchException e) {
            return "could not be revoked: " + e.getMessage() + " Request id " + e.requestId();
        }
    }

    @Get("/{id}/revoke")
    HttpResponse<?> question(UUID id, Session session) {
        Credential credential = require(session.client(), id);
        String home = home(credential);
        Question question = Question.of(
                        "Revoke " + credential.name() + "?",
                        "Whoever uses it is refused from this moment on. It cannot be given back.",
                        ACCESS + "/credentials/" + id + "/revoke",
                        "Revoke",
                        home)
                .withEffects(
                        isOwn(session, credential) ? "This is the credential you are signed in with: you will be signed out." : "",
                        credential.lastUsedAt() == null ? "It was never used." : "",
                        "What was done with it stays in the activity.")
                .dangerous("Keep it");
        return pages.question(session, Section.ACCESS, question);
    }

    @Post("/{id}/revoke")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> revoke(UUID id, Session session, Form form) {
        String name = find(session.client(), id).map(Credential::name).orElse("The credential");
        try {
            session.client().credentials().revoke(id);
            session.tell(Notice.done(name + " is revoked."));
        } catch (ProblemException e) {
            if (e.status() != 409) {
                throw e;
            }
            session.tell(Notice.problem("Not revoked: " + e.getMessage() + " Request id " + e.requestId()));
        }
        return Attempt.back(form, ACCESS);
    }

    private static boolean isOwn(Session session, Credential credential) {
        return credential.id().equals(session.whoami().credentialId());
    }

    private static Credential require(KeyswitchClient client, UUID id) {
        return find(client, id).orElseThrow(() -> new HttpStatusException(HttpStatus.NOT_FOUND, "no such credential"));
    }

    /// The API lists credentials, and reads none by itself.
    private static Optional<Credential> find(KeyswitchClient client, UUID id) {
        return client.credentials().list().stream()
                .filter(one -> one.id().equals(id))
                .findFirst();
    }
}
