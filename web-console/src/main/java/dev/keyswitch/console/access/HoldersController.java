package dev.keyswitch.console.access;

import dev.keyswitch.console.effect.HolderEffects;
import dev.keyswitch.console.evaluationkey.KeyRow;
import dev.keyswitch.console.live.Live;
import dev.keyswitch.console.live.LiveEvents;
import dev.keyswitch.console.page.Attempt;
import dev.keyswitch.console.page.FieldProblems;
import dev.keyswitch.console.page.Frame.Section;
import dev.keyswitch.console.page.Pages;
import dev.keyswitch.console.page.Question;
import dev.keyswitch.console.session.Form;
import dev.keyswitch.console.session.Notice;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.contract.account.Credential;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.contract.preview.Preview;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.sdk.EvaluationKeyQuery;
import dev.keyswitch.sdk.Holders;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.sdk.ProblemException;
import dev.keyswitch.sdk.Versioned;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.sse.Event;
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
import org.reactivestreams.Publisher;

/// One key holder: its root key, its workers, its evaluation keys. Adds, renames, and has a root key rotated.
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class HoldersController {

    private static final String HOLDERS = "/access/holders";
    private static final String ONE = HOLDERS + "/{id}";
    private static final int KEYS = 10;
    private static final int SHOWN = 16;

    private final Pages pages;
    private final Clock clock;

    HoldersController(Pages pages, Clock clock) {
        this.pages = pages;
        this.clock = clock;
    }

    static String path(UUID holder) {
        return HOLDERS + "/" + holder;
    }

    /// What the page shows beside credentials.
    private record Seen(Holder holder, List<EvaluationKey> keys) {

        static Seen of(KeyswitchClient client, UUID id) {
            return new Seen(
                    client.holders().get(id),
                    client.evaluationKeys()
                            .list(EvaluationKeyQuery.everything().holderId(id).limit(KEYS))
                            .items());
        }

        String shape() {
            return Live.shape(holder, keys.stream().map(key -> key.id() + " " + key.state() + key.attempt()).toList());
        }
    }

    @Get(ONE)
    HttpResponse<?> holder(UUID id, Session session) {
        Seen seen = Seen.of(session.client(), id);
        Holder holder = seen.holder();
        Instant now = clock.instant();
        return pages.page(
                "holder",
                pages.frame(session, Section.ACCESS, holder.name()),
                Map.of(
                        "holder", holder,
                        "path", path(id),
                        "workers", session.mayAdminister() ? workers(session, holder, now) : List.of(),
                        "keys", KeyRow.of(seen.keys(), session.names(), now),
                        "live", "/live/holders/" + id + "?shape=" + seen.shape(),
                        "now", now));
    }

    private static List<CredentialRow> workers(Session session, Holder holder, Instant now) {
        List<Credential> bound = session.client().credentials().list().stream()
                .filter(one -> holder.id().equals(one.holderId()))
                .toList();
        return CredentialRow.of(bound, Map.of(holder.id(), holder.name()), session, now);
    }

    @Get("/live/holders/{id}")
    @Produces(MediaType.TEXT_EVENT_STREAM)
    Publisher<Event<String>> live(UUID id, @QueryValue(defaultValue = "") String shape, Session session) {
        return new LiveEvents(session, shape, () -> {
            Seen seen = Seen.of(session.client(), id);
            List<KeyRow> rows = KeyRow.of(seen.keys(), session.names(), clock.instant());
            boolean moving = seen.holder().rotation() != null
                    || rows.stream().anyMatch(row -> row.part().moving());
            List<Live.Part> parts = rows.stream()
                    .map(row -> new Live.Part(row.key().id().toString(), row.part().render(pages, session)))
                    .toList();
            return new Live(parts, false, seen.shape(), moving);
        });
    }

    @Get(HOLDERS + "/new")
    HttpResponse<?> form(Session session) {
        return formPage(HttpStatus.OK, session, HolderForm.fresh(), FieldProblems.none());
    }

    @Post(HOLDERS)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> create(Session session, Form form) {
        HolderForm filled = HolderForm.of(form);
        try {
            Holder holder = session.client().holders().create(filled.creation());
            session.tell(Notice.done(holder.name() + " was added. Give its worker a credential next."));
            return HttpResponse.seeOther(URI.create(path(holder.id())));
        } catch (ProblemException e) {
            return formPage(FieldProblems.status(e), session, filled, HolderForm.problems(e));
        }
    }

    @Get(ONE + "/edit")
    HttpResponse<?> edit(UUID id, Session session) {
        Versioned<Holder> read = session.client().holders().read(id);
        return editPage(HttpStatus.OK, session, read.value(), HolderForm.of(read), FieldProblems.none());
    }

    @Post(ONE + "/edit")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> save(UUID id, Session session, Form form) {
        Holders holders = session.client().holders();
        HolderForm filled = HolderForm.of(form);
        Holder before = holders.get(id);
        try {
            Holder saved = holders.change(new Versioned<>(before, filled.tag()), filled.change(before));
            session.tell(saved(before, saved, holders.read(id).tag()));
            return Attempt.back(form, path(id));
        } catch (ProblemException e) {
            if (e.is(ProblemCode.PRECONDITION_FAILED)) {
                Versioned<Holder> now = holders.read(id);
                return editPage(
                        HttpStatus.CONFLICT, session, now.value(), filled.over(now), HolderForm.overtaken(now.value(), e));
            }
            return editPage(FieldProblems.status(e), session, before, filled, HolderForm.problems(e));
        }
    }

    /// A root key that was set cannot be taken back.
    private static Notice saved(Holder before, Holder after, String tag) {
        Notice done = Notice.done(after.name() + " is saved.");
        return Objects.equals(before.rootFingerprint(), after.rootFingerprint())
                ? done.undoneBy("Undo", path(after.id()) + "/edit", Map.of("name", before.name(), "tag", tag))
                : done;
    }

    /// Without a fingerprint: asks for it. With one: says what will happen.
    @Get(ONE + "/rotate-root-key")
    HttpResponse<?> rotation(HttpRequest<?> request, UUID id, Session session) {
        Optional<String> wanted = Form.ofQuery(request)
                .given("rootFingerprint")
                .map(HolderForm::fingerprint);
        KeyswitchClient client = session.client();
        Versioned<Holder> read = client.holders().read(id);
        if (wanted.isEmpty()) {
            return rotationPage(HttpStatus.OK, session, read.value(), "", FieldProblems.none());
        }
        try {
            Preview<Holder> preview = client.previews().rotateRootKey(id, wanted.get());
            return HolderEffects.sameRootKey(preview)
                    ? rotationPage(HttpStatus.OK, session, read.value(), wanted.get(), FieldProblems.of(
                            "rootFingerprint", "This is the root key it has."))
                    : ask(session, read, wanted.get(), HolderEffects.ofRotation(preview));
        } catch (ProblemException e) {
            return rotationPage(FieldProblems.status(e), session, read.value(), wanted.get(), HolderForm.problems(e));
        }
    }

    private HttpResponse<?> ask(Session session, Versioned<Holder> read, String wanted, List<String> effects) {
        Holder holder = read.value();
        Question question = Question.of(
                        "Rotate the root key of " + holder.name() + "?",
                        "From now on its evaluation keys are made from the root key with the fingerprint " + wanted.substring(0, SHOWN) + "….",
                        path(holder.id()) + "/rotate-root-key",
                        "Rotate the root key",
                        path(holder.id()))
                .withEffects(effects)
                .withFields(Map.of("rootFingerprint", wanted, "tag", read.tag()))
                .dangerous("Keep the present one");
        return pages.question(session, Section.ACCESS, question);
    }

    @Post(ONE + "/rotate-root-key")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> rotate(UUID id, Session session, Form form) {
        Holder before = session.client().holders().get(id);
        String wanted = HolderForm.fingerprint(form.text("rootFingerprint"));
        return Attempt.of(session, form, path(id), () -> {
            Holder after = session.client().holders().rotateRootKey(new Versioned<>(before, form.text("tag")), wanted);
            return Notice.done(after.name() + " has another root key now."
                    + (after.rotation() == null ? "" : " Evaluation keys of the former one are made again."));
        });
    }

    private HttpResponse<?> formPage(HttpStatus status, Session session, HolderForm form, FieldProblems problems) {
        return pages.page(
                status,
                "holder-new",
                pages.frame(session, Section.ACCESS, "New key holder"),
                Map.of("form", form, "problems", problems));
    }

    private HttpResponse<?> editPage(
            HttpStatus status, Session session, Holder holder, HolderForm form, FieldProblems problems) {
        return pages.page(
                status,
                "holder-edit",
                pages.frame(session, Section.ACCESS, "Edit " + holder.name()),
                Map.of("holder", holder, "path", path(holder.id()), "form", form, "problems", problems));
    }

    private HttpResponse<?> rotationPage(
            HttpStatus status, Session session, Holder holder, String wanted, FieldProblems problems) {
        return pages.page(
                status,
                "holder-rotate",
                pages.frame(session, Section.ACCESS, "Rotate the root key of " + holder.name()),
                Map.of("holder", holder, "path", path(holder.id()), "wanted", wanted, "problems", problems));
    }
}
