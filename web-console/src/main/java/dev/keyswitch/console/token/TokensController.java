package dev.keyswitch.console.token;

import dev.keyswitch.console.page.FieldProblems;
import dev.keyswitch.console.page.Frame.Section;
import dev.keyswitch.console.page.ListRequest;
import dev.keyswitch.console.page.Once;
import dev.keyswitch.console.page.Pages;
import dev.keyswitch.console.session.Form;
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
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// The list of tokens, and creating one, whose value is shown once.
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
        Instant now = clock.instant();
        Page<Token> page = session.client().tokens().list(TokenLists.query(asked, now));
        List<TokenRow> rows = TokenRow.of(page.items(), session.names(), now);
        return pages.page(
                "tokens",
                pages.frame(session, Section.TOKENS, "Tokens"),
                Map.of(
                        "list", asked.listing(rows, page.nextCursor(), "/live/tokens"),
                        "modelName", modelName(asked, session)));
    }

    /// Empty if the list is not about one model.
    private static String modelName(ListRequest asked, Session session) {
        UUID model = asked.idOf("model");
        return model == null ? "" : session.names().ofModels(List.of(model)).getOrDefault(model, "a deleted model");
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
                    "once",
                    pages.frame(session, Section.TOKENS, "Token created"),
                    Map.of("once", once(token)));
        } catch (ProblemException e) {
            return form(FieldProblems.status(e), session, filled, TokenForm.problems(e));
        }
    }

    private static Once once(Token token) {
        String path = "/tokens/" + token.id();
        return new Once(
                "Token created",
                token.id().toString(),
                token.name(),
                Objects.requireNonNull(token.value(), "a new token has a value"),
                "token-" + token.id() + ".txt",
                token.modelId() == null ? path : "/models/" + token.modelId() + "/tokens",
                "",
                path + "/delete");
    }

    private HttpResponse<?> form(HttpStatus status, Session session, TokenForm form, FieldProblems problems) {
        return pages.page(
                status,
                "token-new",
                pages.frame(session, Section.TOKENS, "New token"),
                Map.of("form", form, "problems", problems));
    }
}
