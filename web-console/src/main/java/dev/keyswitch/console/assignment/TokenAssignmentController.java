package dev.keyswitch.console.assignment;

import dev.keyswitch.console.effect.TokenEffects;
import dev.keyswitch.console.page.Attempt;
import dev.keyswitch.console.page.FieldProblems;
import dev.keyswitch.console.page.Frame.Section;
import dev.keyswitch.console.page.Pages;
import dev.keyswitch.console.session.Form;
import dev.keyswitch.console.session.Notice;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.console.token.TokenRow;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.token.AssignmentMode;
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
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Assign, reassign and remove, for one token. Each question is a page with an address; where scripts run it
/// opens as a dialog over the page it was asked on.
@Controller("/tokens/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
final class TokenAssignmentController {

    private static final String TOKENS = "/tokens";

    private final Pages pages;
    private final Clock clock;

    TokenAssignmentController(Pages pages, Clock clock) {
        this.pages = pages;
        this.clock = clock;
    }

    @Get("/assign")
    HttpResponse<?> choose(UUID id, Session session) {
        Token token = session.client().tokens().get(id);
        return choose(HttpStatus.OK, session, token, FieldProblems.none());
    }

    @Post("/assign")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> assign(UUID id, Session session, Form form) {
        Optional<UUID> model = form.id("modelId");
        if (model.isEmpty()) {
            Token token = session.client().tokens().get(id);
            return choose(HttpStatus.UNPROCESSABLE_ENTITY, session, token, chooseFirst());
        }
        return Attempt.of(session, form, TOKENS, () -> {
            Token assigned = session.client().tokens().assign(id, model.get());
            return Notice.done(
                    assigned.name() + " is assigned to " + assigned.modelName() + ". Its evaluation key is being made.");
        });
    }

    /// Without a model: asks for one. With one: says what will happen.
    @Get("/reassign")
    HttpResponse<?> reassignment(HttpRequest<?> request, UUID id, Session session) {
        Token token = session.client().tokens().get(id);
        Form query = Form.ofQuery(request);
        Optional<UUID> model = query.id("modelId");
        if (token.modelId() == null) {
            return choose(HttpStatus.OK, session, token, FieldProblems.none());
        }
        if (model.isEmpty() || model.get().equals(token.modelId())) {
            return choose(HttpStatus.OK, session, token, model.isEmpty() ? FieldProblems.none() : sameModel());
        }
        Model target = session.client().models().get(model.get());
        Instant now = clock.instant();
        return pages.page(
                "token-reassign",
                pages.frame(session, Section.TOKENS, "Reassign " + token.name()),
                Map.of(
                        "row", TokenRow.of(token, now),
                        "move", Reassignment.of(session.client(), token, target, now)));
    }

    @Post("/reassign")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> reassign(UUID id, Session session, Form form) {
        Optional<UUID> model = form.id("modelId");
        Optional<UUID> from = form.id("from");
        Token token = session.client().tokens().get(id);
        if (model.isEmpty()) {
            return choose(HttpStatus.UNPROCESSABLE_ENTITY, session, token, chooseFirst());
        }
        if (!from.equals(Optional.ofNullable(token.modelId()))) {
            session.tell(Notice.problem("Not reassigned: meanwhile somebody changed the assignment of " + token.name()
                    + ". Look at where it is now, then decide again."));
            return Attempt.back(form, TOKENS);
        }
        AssignmentMode mode =
                form.text("mode").equals("WHEN_READY") ? AssignmentMode.WHEN_READY : AssignmentMode.IMMEDIATE;
        return Attempt.of(session, form, TOKENS, () -> {
            Token moved = session.client().tokens().reassign(id, model.get(), mode);
            return Notice.done(
                    moved.pendingReassignment() == null
                            ? moved.name() + " belongs to " + moved.modelName()
                                    + " now. Its new evaluation key is being made."
                            : moved.name() + " stays with " + moved.modelName()
                                    + " and moves as soon as its new evaluation key is ready.");
        });
    }

    @Get("/remove")
    HttpResponse<?> removal(UUID id, Session session) {
        KeyswitchClient client = session.client();
        Token token = client.tokens().get(id);
        Instant now = clock.instant();
        List<String> effects = token.modelId() == null
                ? List.of()
                : TokenEffects.of(client, client.previews().unassign(id, token.modelId()), now);
        return pages.page(
                "token-remove",
                pages.frame(session, Section.TOKENS, "Remove the assignment of " + token.name()),
                Map.of("row", TokenRow.of(token, now), "effects", effects));
    }

    @Post("/remove")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> remove(UUID id, Session session, Form form) {
        Optional<UUID> model = form.id("modelId");
        return Attempt.of(session, form, TOKENS, () -> {
            Token free = model.isPresent()
                    ? session.client().tokens().unassign(id, model.get())
                    : session.client().tokens().unassign(id);
            return Notice.done(free.name() + " is unassigned now. Its evaluation key was revoked.");
        });
    }

    private HttpResponse<?> choose(HttpStatus status, Session session, Token token, FieldProblems problems) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("row", TokenRow.of(token, clock.instant()));
        parameters.put("problems", problems);
        String verb = token.modelId() == null ? "Assign " : "Reassign ";
        return pages.page(
                status, "token-choose-model", pages.frame(session, Section.TOKENS, verb + token.name()), parameters);
    }

    private static FieldProblems chooseFirst() {
        return FieldProblems.of("modelId", "Choose a model from the list.");
    }

    private static FieldProblems sameModel() {
        return FieldProblems.of("modelId", "The token is assigned to this model already. Choose another one.");
    }
}
