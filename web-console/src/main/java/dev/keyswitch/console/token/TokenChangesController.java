package dev.keyswitch.console.token;

import dev.keyswitch.console.page.Attempt;
import dev.keyswitch.console.page.FieldProblems;
import dev.keyswitch.console.page.Frame.Section;
import dev.keyswitch.console.page.Once;
import dev.keyswitch.console.page.Pages;
import dev.keyswitch.console.page.Question;
import dev.keyswitch.console.page.Times;
import dev.keyswitch.console.session.Form;
import dev.keyswitch.console.session.Notice;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.token.TokenStatus;
import dev.keyswitch.sdk.ProblemException;
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
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// Suspend, resume, cancel, reinstate, renew, roll and delete, for one token. Each asks first and says what it will bring about.
@Controller("/tokens/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
final class TokenChangesController {

    private static final List<String> GRACES = List.of("0", "1", "24", "168");

    private final Pages pages;
    private final Clock clock;

    TokenChangesController(Pages pages, Clock clock) {
        this.pages = pages;
        this.clock = clock;
    }

    /// Questions that need nothing but a yes.
    @Get("/{what:suspend|resume|cancel|reinstate|delete|cancel-move}")
    HttpResponse<?> question(UUID id, String what, Session session) {
        Token token = session.client().tokens().get(id);
        TokenQuestions questions = new TokenQuestions(session.client(), token, clock.instant());
        return ask(session, switch (what) {
            case "suspend" -> questions.suspend();
            case "resume" -> questions.resume();
            case "cancel" -> questions.cancel();
            case "reinstate" -> questions.reinstate();
            case "cancel-move" -> questions.cancelMove();
            default -> questions.delete();
        });
    }

    @Post("/suspend")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> suspend(UUID id, Session session, Form form) {
        return Attempt.of(session, form, path(id), () -> {
            Token token = session.client().tokens().suspend(id);
            return Notice.done(token.name() + " is suspended.").undoneBy("Undo", path(id) + "/resume", Map.of());
        });
    }

    @Post("/resume")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> resume(UUID id, Session session, Form form) {
        return Attempt.of(session, form, path(id), () -> {
            Token before = session.client().tokens().get(id);
            if (before.status() == TokenStatus.CANCELED) {
                return Notice.problem("Nothing was changed: meanwhile somebody canceled " + before.name() + ".");
            }
            session.client().tokens().resume(id);
            return Notice.done(before.name() + " is active again.").undoneBy("Undo", path(id) + "/suspend", Map.of());
        });
    }

    @Post("/cancel")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> cancel(UUID id, Session session, Form form) {
        return Attempt.of(session, form, path(id), () -> {
            Token token = session.client().tokens().cancel(id);
            return Notice.done(token.name() + " is canceled. Its value works nowhere until it is reinstated.");
        });
    }

    @Post("/reinstate")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> reinstate(UUID id, Session session, Form form) {
        return Attempt.of(session, form, path(id), () -> {
            Token token = session.client().tokens().reinstate(id);
            return Notice.done(token.name() + " is active again."
                    + (token.modelId() == null ? "" : " Its new evaluation key is being made."));
        });
    }

    /// Assigning a token to the model it has ends a move that waits.
    @Post("/cancel-move")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> cancelMove(UUID id, Session session, Form form) {
        return Attempt.of(session, form, path(id), () -> {
            Optional<UUID> model = form.id("modelId");
            if (model.isEmpty()) {
                return Notice.problem("Nothing was changed: the form does not say where the token stays.");
            }
            Token token = session.client().tokens().assign(id, model.get());
            return Notice.done(token.name() + " stays with " + token.modelName() + ".");
        });
    }

    @Get("/renew")
    HttpResponse<?> renewal(UUID id, Session session) {
        return renewal(HttpStatus.OK, id, session, Expiry.fresh(), FieldProblems.none());
    }

    @Post("/renew")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> renew(UUID id, Session session, Form form) {
        Optional<Instant> until = form.given("until").isPresent()
                ? instant(form.text("until"))
                : Expiry.of(form).from(clock.instant());
        if (until.isEmpty()) {
            return wrongExpiry(id, session, form, Expiry.WRONG);
        }
        try {
            Token before = session.client().tokens().get(id);
            Token renewed = session.client().tokens().renew(id, until.get());
            Notice done = Notice.done(renewed.name() + " expires " + Times.full(renewed.expiresAt()) + ".");
            boolean undoable = before.expiresAt().isAfter(clock.instant().plusSeconds(60));
            session.tell(
                    undoable
                            ? done.undoneBy(
                                    "Undo", path(id) + "/renew", Map.of("until", before.expiresAt().toString()))
                            : done);
            return Attempt.back(form, path(id));
        } catch (ProblemException e) {
            if (e.status() != 400 && e.status() != 422) {
                throw e;
            }
            return wrongExpiry(id, session, form, Expiry.WRONG);
        }
    }

    private HttpResponse<?> wrongExpiry(UUID id, Session session, Form form, String sentence) {
        return renewal(
                HttpStatus.UNPROCESSABLE_ENTITY, id, session, Expiry.of(form), FieldProblems.of("customDays", sentence));
    }

    private HttpResponse<?> renewal(
            HttpStatus status, UUID id, Session session, Expiry expiry, FieldProblems problems) {
        Token token = session.client().tokens().get(id);
        return pages.page(
                status,
                "token-renew",
                pages.frame(session, Section.TOKENS, "Renew " + token.name()),
                Map.of("row", TokenRow.of(token, clock.instant()), "expiry", expiry, "problems", problems));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    @Get("/roll")
    HttpResponse<?> rolling(UUID id, Session session) {
        return rolling(HttpStatus.OK, id, session);
    }

    private HttpResponse<?> rolling(HttpStatus status, UUID id, Session session) {
        Token token = session.client().tokens().get(id);
        return pages.page(
                status,
                "token-roll",
                pages.frame(session, Section.TOKENS, "Roll the value of " + token.name()),
                Map.of("row", TokenRow.of(token, clock.instant())));
    }

    /// The answer is the one page that has the new value.
    @Post("/roll")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> roll(UUID id, Session session, Form form) {
        Optional<Duration> chosen = grace(form.text("graceHours"));
        if (chosen.isEmpty()) {
            return rolling(HttpStatus.UNPROCESSABLE_ENTITY, id, session);
        }
        Duration grace = chosen.get();
        Token rolled;
        try {
            rolled = session.client().tokens().roll(id, grace);
        } catch (ProblemException e) {
            if (e.status() != 409) {
                throw e;
            }
            session.tell(Attempt.refused(e));
            return Attempt.back(form, path(id));
        }
        Once once = new Once(
                "New value",
                id.toString(),
                rolled.name(),
                Objects.requireNonNull(rolled.value(), "a rolled token has a value"),
                "token-" + id + ".txt",
                path(id),
                grace.isZero()
                        ? "The value before works no longer."
                        : "The value before works for another " + words(grace) + ".",
                null);
        return pages.page("once", pages.frame(session, Section.TOKENS, "New value"), Map.of("once", once));
    }

    /// Nothing if it is none that the form offers: rolling by mistake would cut somebody off.
    private static Optional<Duration> grace(String hours) {
        return GRACES.contains(hours) ? Optional.of(Duration.ofHours(Integer.parseInt(hours))) : Optional.empty();
    }

    private static String words(Duration grace) {
        long hours = grace.toHours();
        return hours > 48 ? grace.toDays() + " days" : hours == 1 ? "hour" : hours + " hours";
    }

    @Post("/delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> delete(UUID id, Session session, Form form) {
        session.client().tokens().delete(id);
        session.tell(Notice.done("The token was deleted; its value works nowhere."));
        // Its own page is gone.
        return form.text("back").startsWith(path(id))
                ? HttpResponse.seeOther(URI.create("/tokens"))
                : Attempt.back(form, "/tokens");
    }

    private HttpResponse<?> ask(Session session, Question question) {
        return pages.question(session, Section.TOKENS, question);
    }

    private static String path(UUID id) {
        return "/tokens/" + id;
    }
}
