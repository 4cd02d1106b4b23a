package dev.keyswitch.console.token;

import dev.keyswitch.console.effect.BulkEffects;
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
import dev.keyswitch.contract.preview.KeyWork;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.KeyswitchClient;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One action for all tokens that are selected in the list. Each token is a change of its own: one that is refused undoes no other.
/// What it would bring about is asked of the API before, token by token.
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

    /// What is to be done, and with which tokens.
    private record Wish(BulkAction action, List<UUID> tokens, Expiry expiry, Optional<UUID> model) {

        Wish {
            tokens = List.copyOf(tokens);
        }

        static Wish of(Form form, List<String> tokens) {
            BulkAction action = BulkAction.of(form.text("do"))
                    .orElseThrow(() -> new HttpStatusException(HttpStatus.NOT_FOUND, "no such action"));
            List<UUID> ids = tokens.stream()
                    .flatMap(text -> Ids.read(text.strip()).stream())
                    .distinct()
                    .limit(MOST)
                    .toList();
            return new Wish(action, ids, Expiry.of(form), form.id("modelId"));
        }

        /// Whether something is still to be chosen before it is known what it brings about.
        boolean isOpen() {
            return action == BulkAction.ASSIGN && model.isEmpty();
        }

        List<BulkLine> lines(Instant now) {
            BulkAction.Choice choice = new BulkAction.Choice(model, expiry.from(now));
            return tokens.stream().map(token -> action.line(token, choice)).toList();
        }

        String heading() {
            return action.verb() + " " + Sizes.count(tokens.size(), "token", "tokens") + "?";
        }
    }

    @Get
    HttpResponse<?> question(HttpRequest<?> request, Session session) {
        Form query = Form.ofQuery(request);
        Wish wish = Wish.of(query, request.getParameters().getAll("token"));
        if (wish.tokens().isEmpty()) {
            session.tell(Notice.problem("Select the tokens in the list first."));
            return HttpResponse.seeOther(URI.create("/tokens"));
        }
        boolean unchosen = wish.isOpen() && query.given("modelName").isPresent();
        return question(HttpStatus.OK, session, wish, unchosen ? chooseFirst() : FieldProblems.none());
    }

    @Post
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> run(Session session, Form form) {
        Wish wish = Wish.of(form, Arrays.asList(form.text("tokens").split(",")));
        if (wish.isOpen()) {
            return question(HttpStatus.UNPROCESSABLE_ENTITY, session, wish, chooseFirst());
        }
        if (wish.action() == BulkAction.RENEW && wish.expiry().number().isEmpty()) {
            return question(
                    HttpStatus.UNPROCESSABLE_ENTITY, session, wish, FieldProblems.of("customDays", Expiry.WRONG));
        }
        // Before the deed: a deleted token has no name any more.
        Map<UUID, String> names = session.names().ofTokens(wish.tokens());
        List<BulkAnswer> answers = session.client().bulk().run(wish.lines(clock.instant()));
        List<RefusedToken> refused = IntStream.range(0, answers.size())
                .filter(i -> !answers.get(i).isGood())
                .mapToObj(i -> refused(wish.tokens().get(i), names, BulkEffects.reason(answers.get(i))))
                .toList();
        int done = wish.tokens().size() - refused.size();
        if (refused.isEmpty()) {
            session.tell(Notice.done(Sizes.count(done, "token is ", "tokens are ") + wish.action().done() + "."));
            return Attempt.back(form, "/tokens");
        }
        return pages.page(
                HttpStatus.CONFLICT,
                "bulk-result",
                pages.frame(session, Section.TOKENS, "Not all of it was done"),
                Map.of("action", wish.action(), "done", done, "refused", refused));
    }

    private static FieldProblems chooseFirst() {
        return FieldProblems.of("modelId", "Choose a model from the list.");
    }

    private static RefusedToken refused(UUID token, Map<UUID, String> names, String reason) {
        return new RefusedToken(names.getOrDefault(token, "a deleted token"), "/tokens/" + token, reason);
    }

    private HttpResponse<?> question(HttpStatus status, Session session, Wish wish, FieldProblems problems) {
        Map<String, Object> parameters = new HashMap<>(Map.of(
                "heading", wish.heading(), "action", wish.action(), "expiry", wish.expiry(), "problems", problems));
        parameters.put("tokens", wish.tokens().stream().map(UUID::toString).toList());
        if (wish.isOpen()) {
            Map<UUID, String> names = session.names().ofTokens(wish.tokens());
            show(parameters, wish.tokens().stream().filter(names::containsKey).map(names::get).toList());
            return page(status, "bulk-choose-model", session, wish, parameters);
        }
        // What a renewal is refused for does not depend on the time; that may still be changed in the dialog.
        Wish asked = wish.expiry().number().isPresent() ? wish : new Wish(wish.action(), wish.tokens(), Expiry.fresh(), wish.model());
        BulkEffects effects = BulkEffects.of(session.client(), asked.lines(clock.instant()), clock.instant());
        Map<UUID, String> names = session.names().ofTokens(effects.refused().keySet());
        show(parameters, effects.changed().stream().map(Token::name).toList());
        parameters.put("effects", effects.sentences(each(session.client(), wish, effects)));
        parameters.put(
                "refused",
                effects.refused().entrySet().stream()
                        .map(one -> refused(one.getKey(), names, one.getValue()))
                        .toList());
        parameters.put("model", wish.model().map(UUID::toString).orElse(""));
        parameters.put(
                "modelName",
                wish.model().map(model -> session.names().ofModels(List.of(model)).getOrDefault(model, "")).orElse(""));
        return page(status, "bulk", session, wish, parameters);
    }

    private static void show(Map<String, Object> parameters, List<String> names) {
        parameters.put("names", names.subList(0, Math.min(NAMED, names.size())));
        parameters.put("more", Math.max(0, names.size() - NAMED));
    }

    /// What the evaluation key of one takes, if the keys of all are for the same model.
    private static @Nullable KeyWork each(KeyswitchClient client, Wish wish, BulkEffects effects) {
        if (wish.action() != BulkAction.ASSIGN || effects.changed().isEmpty()) {
            return null;
        }
        return client.previews().assign(effects.changed().getFirst().id(), wish.model().orElseThrow()).keyWork();
    }

    private HttpResponse<?> page(HttpStatus status, String template, Session session, Wish wish, Map<String, ?> parameters) {
        return pages.page(status, template, pages.frame(session, Section.TOKENS, wish.heading()), parameters);
    }
}
