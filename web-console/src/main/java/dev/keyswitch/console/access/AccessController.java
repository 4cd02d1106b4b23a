package dev.keyswitch.console.access;

import dev.keyswitch.console.page.FieldProblems;
import dev.keyswitch.console.page.Frame.Section;
import dev.keyswitch.console.page.Once;
import dev.keyswitch.console.page.Pages;
import dev.keyswitch.console.page.Question;
import dev.keyswitch.console.session.Form;
import dev.keyswitch.console.session.Notice;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.sdk.ProblemException;
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
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Management credentials and key holders. Credentials are shown to owners alone.
@Controller("/access")
@ExecuteOn(TaskExecutors.BLOCKING)
final class AccessController {

    private static final String PATH = "/access";

    private final Pages pages;
    private final Clock clock;

    AccessController(Pages pages, Clock clock) {
        this.pages = pages;
        this.clock = clock;
    }

    @Get
    HttpResponse<?> list(Session session) {
        List<Holder> holders = session.client().holders().list();
        return pages.page(
                "access",
                pages.frame(session, Section.ACCESS, "Access"),
                Map.of(
                        "rows", session.mayAdminister() ? credentials(session, holders) : List.of(),
                        "holders", holders,
                        "now", clock.instant()));
    }

    private List<CredentialRow> credentials(Session session, List<Holder> holders) {
        List<Credential> credentials = session.client().credentials().list();
        Map<UUID, String> holderNames = holders.stream().collect(Collectors.toMap(Holder::id, Holder::name));
        Map<UUID, String> models = session.names()
                .ofModels(credentials.stream()
                        .flatMap(one -> one.modelIds() == null ? Stream.empty() : one.modelIds().stream())
                        .toList());
        UUID own = session.whoami().credentialId();
        Instant now = clock.instant();
        return credentials.stream()
                .map(one -> CredentialRow.of(one, holderNames, models, own, now))
                .toList();
    }

    @Get("/credentials/new")
    HttpResponse<?> form(Session session) {
        return form(HttpStatus.OK, session, CredentialForm.fresh(), FieldProblems.none());
    }

    /// The answer is the one page that has the value.
    @Post("/credentials")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> create(Session session, Form form) {
        CredentialForm filled = CredentialForm.of(form);
        FieldProblems problems = filled.problems();
        if (!problems.isEmpty()) {
            return form(HttpStatus.UNPROCESSABLE_ENTITY, session, filled, problems);
        }
        try {
            Credential created = session.client().credentials().create(filled.request());
            Once once = new Once(
                    "Credential created",
                    created.id().toString(),
                    created.name(),
                    Objects.requireNonNull(created.value(), "a new credential has a value"),
                    "credential-" + created.id() + ".txt",
                    PATH,
                    "Whoever has it may do this: " + CredentialRow.words(created.role()) + ".",
                    null);
            return pages.page(
                    HttpStatus.CREATED, "once", pages.frame(session, Section.ACCESS, "Credential created"), Map.of(
                            "once", once));
        } catch (ProblemException e) {
            if (e.status() != 409 && e.status() != 422) {
                throw e;
            }
            return form(HttpStatus.valueOf(e.status()), session, filled, CredentialForm.problems(e));
        }
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

    @Get("/credentials/{id}/revoke")
    HttpResponse<?> question(UUID id, Session session) {
        Credential credential = find(session.client(), id)
                .orElseThrow(() -> new HttpStatusException(HttpStatus.NOT_FOUND, "no such credential"));
        boolean own = id.equals(session.whoami().credentialId());
        Question question = Question.of(
                        "Revoke " + credential.name() + "?",
                        "Whoever uses it is refused from this moment on. It cannot be given back.",
                        PATH + "/credentials/" + id + "/revoke",
                        "Revoke",
                        PATH)
                .withEffects(
                        own ? "This is the credential you are signed in with: you will be signed out." : "",
                        credential.lastUsedAt() == null ? "It was never used." : "",
                        "What was done with it stays in the activity.")
                .dangerous("Keep it");
        return pages.page(
                "question",
                pages.frame(session, Section.ACCESS, question.heading()),
                Map.of("question", question));
    }

    @Post("/credentials/{id}/revoke")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> revoke(UUID id, Session session) {
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
        return HttpResponse.seeOther(URI.create(PATH));
    }

    /// The API lists credentials, and reads none by itself.
    private static Optional<Credential> find(KeyswitchClient client, UUID id) {
        return client.credentials().list().stream()
                .filter(one -> one.id().equals(id))
                .findFirst();
    }
}
