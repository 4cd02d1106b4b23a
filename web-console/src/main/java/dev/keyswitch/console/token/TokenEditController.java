package dev.keyswitch.console.token;

import dev.keyswitch.console.page.Attempt;
import dev.keyswitch.console.page.FieldProblems;
import dev.keyswitch.console.page.Frame.Section;
import dev.keyswitch.console.page.Pages;
import dev.keyswitch.console.session.Form;
import dev.keyswitch.console.session.Notice;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.ProblemException;
import dev.keyswitch.sdk.Tokens;
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
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/// Changes what is said about a token. Whoever comes second is told what the first one wrote, and overwrites nothing unseen.
@Controller("/tokens/{id}/edit")
@ExecuteOn(TaskExecutors.BLOCKING)
final class TokenEditController {

    private final Pages pages;
    private final Clock clock;

    TokenEditController(Pages pages, Clock clock) {
        this.pages = pages;
        this.clock = clock;
    }

    @Get
    HttpResponse<?> form(UUID id, Session session) {
        Versioned<Token> read = session.client().tokens().read(id);
        return page(HttpStatus.OK, session, read.value(), TokenEdit.of(read), FieldProblems.none());
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> save(UUID id, Session session, Form form) {
        Tokens tokens = session.client().tokens();
        TokenEdit edit = TokenEdit.of(form);
        Token before = tokens.get(id);
        try {
            Token saved = tokens.change(new Versioned<>(before, edit.tag()), edit.change(before));
            session.tell(Notice.done(saved.name() + " is saved.")
                    .undoneBy("Undo", "/tokens/" + id + "/edit", undo(before, tokens.read(id).tag())));
            return Attempt.back(form, "/tokens/" + id);
        } catch (ProblemException e) {
            if (e.is(ProblemCode.PRECONDITION_FAILED)) {
                Versioned<Token> read = tokens.read(id);
                return page(
                        HttpStatus.CONFLICT, session, read.value(), edit.over(read), edit.overtaken(read.value(), e));
            }
            return page(FieldProblems.status(e), session, before, edit, TokenEdit.problems(e));
        } catch (IllegalArgumentException e) {
            return page(HttpStatus.UNPROCESSABLE_ENTITY, session, before, edit, FieldProblems.of(
                    "custody", "Choose one of the values offered."));
        }
    }

    private static Map<String, String> undo(Token before, String tag) {
        return Map.of(
                "name", before.name(),
                "note", before.note(),
                "custody", before.custody().name(),
                "holderId", before.holderId().toString(),
                "tag", tag);
    }

    private HttpResponse<?> page(
            HttpStatus status, Session session, Token token, TokenEdit edit, FieldProblems problems) {
        return pages.page(
                status,
                "token-edit",
                pages.frame(session, Section.TOKENS, "Edit " + token.name()),
                Map.of(
                        "row", TokenRow.of(token, clock.instant()),
                        "edit", edit,
                        "holders", session.client().holders().list(),
                        "problems", problems));
    }
}
