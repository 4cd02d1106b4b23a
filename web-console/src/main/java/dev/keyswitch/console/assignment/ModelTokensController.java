package dev.keyswitch.console.assignment;

import dev.keyswitch.console.model.ModelRow;
import dev.keyswitch.console.page.Frame.Section;
import dev.keyswitch.console.page.ListRequest;
import dev.keyswitch.console.page.Pages;
import dev.keyswitch.console.session.Form;
import dev.keyswitch.console.session.Notice;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.console.token.TokenLists;
import dev.keyswitch.console.token.TokenRow;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.value.Page;
import dev.keyswitch.sdk.ProblemException;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
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
import java.util.Optional;
import java.util.UUID;

/// The Tokens tab of a model, where tokens are assigned to it.
@Controller("/models/{model}/tokens")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ModelTokensController {

    private final Pages pages;
    private final Clock clock;

    ModelTokensController(Pages pages, Clock clock) {
        this.pages = pages;
        this.clock = clock;
    }

    @Get
    HttpResponse<?> list(HttpRequest<?> request, UUID model, Session session) {
        ListRequest asked = TokenLists.ofModel(request);
        Model shown = session.client().models().get(model);
        Instant now = clock.instant();
        Page<Token> page = session.client().tokens().list(TokenLists.query(asked, now, model));
        List<TokenRow> rows = TokenRow.of(page.items(), session.names(), now);
        return pages.page(
                "model-tokens",
                pages.frame(session, Section.MODELS, shown.name()),
                Map.of(
                        "model", ModelRow.of(shown, now),
                        "list", asked.listing(rows, page.nextCursor(), "/live/models/" + model + "/tokens"),
                        "shape", ModelRow.shape(shown)));
    }

    /// Unassigned tokens whose name has a part, and a few that match but are assigned elsewhere.
    @Get("/candidates")
    @Produces(MediaType.APPLICATION_JSON)
    TokenCandidates candidates(HttpRequest<?> request, UUID model, Session session) {
        String q = request.getParameters().getFirst("q").orElse("").strip();
        return TokenCandidates.find(session.client().tokens(), q, model, clock.instant());
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> assign(UUID model, Session session, Form form) {
        Optional<UUID> token = form.id("tokenId");
        if (token.isEmpty()) {
            session.tell(Notice.problem("Choose a token from the list first, then save."));
            return back(model);
        }
        try {
            Token assigned = session.client().tokens().assign(token.get(), model);
            session.tell(Notice.done(assigned.name() + " is assigned. Its evaluation key is being made."));
        } catch (ProblemException e) {
            session.tell(Notice.problem(assignRefused(e)));
        }
        return back(model);
    }

    /// A conflict is explained where the person is; anything else is a page of its own.
    private static String assignRefused(ProblemException e) {
        if (e.is(ProblemCode.TOKEN_ALREADY_ASSIGNED)) {
            Object now = e.problem().facts().getOrDefault("currentModelName", "another model");
            return "Not assigned: meanwhile somebody assigned this token to " + now
                    + ". Type its name again to reassign it.";
        }
        if (e.status() == 409) {
            return "Not assigned: " + e.getMessage() + " Request id " + e.requestId();
        }
        throw e;
    }

    private static HttpResponse<?> back(UUID model) {
        return HttpResponse.seeOther(URI.create("/models/" + model + "/tokens"));
    }
}
