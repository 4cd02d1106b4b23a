package dev.keyswitch.console.token;

import dev.keyswitch.console.page.Attempt;
import dev.keyswitch.console.page.FieldProblems;
import dev.keyswitch.console.page.Frame.Section;
import dev.keyswitch.console.page.Pages;
import dev.keyswitch.console.page.Sizes;
import dev.keyswitch.console.session.Form;
import dev.keyswitch.console.session.Ids;
import dev.keyswitch.console.session.Notice;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.contract.bulk.BulkAnswer;
import dev.keyswitch.contract.bulk.BulkLine;
import dev.keyswitch.contract.problem.Problem;
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
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One action for all tokens that are selected in the list. Each token is a change of its own: one that is refused undoes no other.
@Controller("/tokens/bulk")
@ExecuteOn(TaskExecutors.BLOCKING)
final class BulkController {

    private static final int MOST = 200;
    private static final int NAMED = 12;

    private final Pages pages;
    private final Clock clock;

    BulkController(Pages pages, Clock clock) {
        this.pages = pages;
        this.clock = clock;
    }

    @Get
    HttpResponse<?> question(HttpRequest<?> request, Session session) {
        BulkAction action = action(request.getParameters().getFirst("do").orElse(""));
        List<UUID> tokens = ids(request.getParameters().getAll("token"));
        if (tokens.isEmpty()) {
            session.tell(Notice.problem("Select the tokens in the list first."));
            return HttpResponse.seeOther(URI.create("/tokens"));
        }
        return question(HttpStatus.OK, session, action, tokens, Expiry.fresh(), FieldProblems.none());
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> run(Session session, Form form) {
        BulkAction action = action(form.text("do"));
        List<UUID> tokens = ids(Arrays.asList(form.text("tokens").split(",")));
        Expiry expiry = Expiry.of(form);
        Optional<UUID> model = form.id("modelId");
        if (action == BulkAction.ASSIGN && model.isEmpty()) {
            return question(HttpStatus.UNPROCESSABLE_ENTITY, session, action, tokens, expiry, FieldProblems.of(
                    "modelId", "Choose a model from the list."));
        }
        if (action == BulkAction.RENEW && expiry.number().isEmpty()) {
            return question(HttpStatus.UNPROCESSABLE_ENTITY, session, action, tokens, expiry, FieldProblems.of(
                    "customDays", Expiry.WRONG));
        }
        Optional<Instant> until = expiry.from(clock.instant());
        BulkAction.Choice choice = new BulkAction.Choice(model, until);
        // Before the deed: a deleted token has no name any more.
        Map<UUID, String> names = session.names().ofTokens(tokens);
        List<BulkLine> lines = tokens.stream().map(token -> action.line(token, choice)).toList();
        List<BulkAnswer> answers = session.client().bulk().run(lines);
        List<RefusedToken> refused = IntStream.range(0, answers.size())
                .filter(i -> !answers.get(i).isGood())
                .mapToObj(i -> refused(tokens.get(i), names, answers.get(i)))
                .toList();
        int done = tokens.size() - refused.size();
        if (refused.isEmpty()) {
            session.tell(Notice.done(Sizes.count(done, "token is ", "tokens are ") + action.done() + "."));
            return Attempt.back(form, "/tokens");
        }
        return pages.page(
                HttpStatus.CONFLICT,
                "bulk-result",
                pages.frame(session, Section.TOKENS, "Not all of it was done"),
                Map.of("action", action, "done", done, "refused", refused));
    }

    private static RefusedToken refused(UUID token, Map<UUID, String> names, BulkAnswer answer) {
        Problem problem = answer.problem();
        String reason = problem == null ? "The API refused with status " + answer.status() + "." : problem.detail();
        return new RefusedToken(names.getOrDefault(token, "a deleted token"), "/tokens/" + token, reason);
    }

    private HttpResponse<?> question(
            HttpStatus status,
            Session session,
            BulkAction action,
            List<UUID> tokens,
            Expiry expiry,
            FieldProblems problems) {
        Map<UUID, String> names = session.names().ofTokens(tokens.subList(0, Math.min(NAMED, tokens.size())));
        String heading = action.verb() + " " + Sizes.count(tokens.size(), "token", "tokens") + "?";
        return pages.page(
                status,
                "bulk",
                pages.frame(session, Section.TOKENS, heading),
                Map.of(
                        "heading", heading,
                        "action", action,
                        "tokens", tokens.stream().map(UUID::toString).collect(Collectors.joining(",")),
                        "names", List.copyOf(names.values()),
                        "more", tokens.size() - names.size(),
                        "expiry", expiry,
                        "problems", problems));
    }

    private static BulkAction action(String code) {
        return BulkAction.of(code).orElseThrow(() -> new HttpStatusException(HttpStatus.NOT_FOUND, "no such action"));
    }

    private static List<UUID> ids(List<String> texts) {
        return texts.stream()
                .flatMap(text -> Ids.read(text.strip()).stream())
                .distinct()
                .limit(MOST)
                .toList();
    }
}
