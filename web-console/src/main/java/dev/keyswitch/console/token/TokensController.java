package dev.keyswitch.console.token;

import dev.keyswitch.console.page.FieldProblems;
import dev.keyswitch.console.page.Frame.Section;
import dev.keyswitch.console.page.ListRequest;
import dev.keyswitch.console.page.Pages;
import dev.keyswitch.console.session.Form;
import dev.keyswitch.console.session.Notice;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.value.Page;
import dev.keyswitch.sdk.ProblemException;
import io.micronaut.http.HttpRequest;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// The list of tokens; creating one, whose value is shown once; throwing a new one away.
@Controller("/tokens")
@ExecuteOn(TaskExecutors.BLOCKING)
final class TokensController {

    private final Pages pages;
    private final Clock clock;

    TokensController(Pages pages, Clock clock) {
        this.pages = pages;
        this.clock = clock;
    }

    @Get
    HttpResponse<?> list(HttpRequest<?> request, Session session) {
        ListRequest asked = TokenLists.all(request);
        Page<Token> page = session.client().tokens().list(TokenLists.query(asked));
        Instant now = clock.instant();
        List<TokenRow> rows =
                page.items().stream().map(token -> TokenRow.of(token, now)).toList();
        return pages.page(
                "tokens",
                pages.frame(session, Section.TOKENS, "Tokens"),
                Map.of("list", asked.listing(rows, page.nextCursor(), "/live/tokens")));
    }

    @Get("/new")
    HttpResponse<?> form(HttpRequest<?> request, Session session) {
        String name = request.getParameters().getFirst("name").orElse("");
        return form(HttpStatus.OK, session, TokenForm.fresh(name), FieldProblems.none());
    }

    /// The answer is the one page that has the value. It is not an address that can be visited again.
    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> create(Session session, Form form) {
        TokenForm filled = TokenForm.of(form);
        FieldProblems problems = filled.problems();
        if (!problems.isEmpty()) {
            return form(HttpStatus.UNPROCESSABLE_ENTITY, session, filled, problems);
        }
        try {
            Token token = session.client().tokens().create(filled.request());
            return pages.page(
                    HttpStatus.CREATED,
                    "token-created",
                    pages.frame(session, Section.TOKENS, "Token created"),
                    Map.of(
                            "row", TokenRow.of(token, clock.instant()),
                            "value", Objects.requireNonNull(token.value(), "a new token has a value")));
        } catch (ProblemException e) {
            if (e.status() != 409 && e.status() != 422) {
                throw e;
            }
            return form(HttpStatus.valueOf(e.status()), session, filled, TokenForm.problems(e));
        }
    }

    @Post("/{id}/delete")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> delete(UUID id, Session session) {
        session.client().tokens().delete(id);
        session.tell(Notice.done("The token was deleted; its value works nowhere."));
        return HttpResponse.seeOther(URI.create("/tokens"));
    }

    private HttpResponse<?> form(HttpStatus status, Session session, TokenForm form, FieldProblems problems) {
        return pages.page(
                status,
                "token-new",
                pages.frame(session, Section.TOKENS, "New token"),
                Map.of("form", form, "problems", problems));
    }
}
