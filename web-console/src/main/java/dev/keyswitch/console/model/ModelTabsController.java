package dev.keyswitch.console.model;

import static dev.keyswitch.console.page.ListRequest.oneOf;

import dev.keyswitch.console.activity.ActivityEntry;
import dev.keyswitch.console.evaluationkey.KeyRow;
import dev.keyswitch.console.live.Live;
import dev.keyswitch.console.live.LiveEvents;
import dev.keyswitch.console.page.Frame.Section;
import dev.keyswitch.console.page.ListRequest;
import dev.keyswitch.console.page.Pages;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.contract.audit.AuditedChange;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.value.Page;
import dev.keyswitch.sdk.AuditQuery;
import dev.keyswitch.sdk.EvaluationKeyQuery;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.sse.Event;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.reactivestreams.Publisher;

/// The tabs of a model, but for its tokens.
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class ModelTabsController {

    private static final int PER_PAGE = 50;

    private static final Map<String, Predicate<String>> STATES =
            Map.of("state", oneOf(EvaluationKeyState.class));

    private final Pages pages;
    private final Clock clock;

    ModelTabsController(Pages pages, Clock clock) {
        this.pages = pages;
        this.clock = clock;
    }

    @Get("/models/{id}")
    HttpResponse<?> overview(UUID id, Session session) {
        Model model = session.client().models().get(id);
        return pages.page(
                "model",
                pages.frame(session, Section.MODELS, model.name()),
                Map.of(
                        "model", ModelRow.of(model, clock.instant()),
                        "live", "/live/models/" + id + "?shape=" + ModelRow.shape(model)));
    }

    @Get("/live/models/{id}")
    @Produces(MediaType.TEXT_EVENT_STREAM)
    Publisher<Event<String>> liveOverview(
            UUID id, @QueryValue(defaultValue = "") String shape, Session session) {
        return new LiveEvents(session, shape, () -> {
            Model model = session.client().models().get(id);
            return new Live(List.of(), false, ModelRow.shape(model), model.job() != null);
        });
    }

    @Get("/models/{id}/evaluation-keys")
    HttpResponse<?> keys(HttpRequest<?> request, UUID id, Session session) {
        ListRequest asked = ListRequest.of(request, STATES);
        Model model = session.client().models().get(id);
        Page<EvaluationKey> page = session.client().evaluationKeys().list(query(asked, id));
        Instant now = clock.instant();
        return pages.page(
                "model-keys",
                pages.frame(session, Section.MODELS, model.name()),
                Map.of(
                        "model", ModelRow.of(model, now),
                        "list", asked.listing(KeyRow.of(page.items(), session.names(), now), page.nextCursor(), null),
                        "live", KeyRow.live(asked.with("model", id.toString()), page)));
    }

    private static EvaluationKeyQuery query(ListRequest asked, UUID model) {
        String state = asked.filter("state");
        return EvaluationKeyQuery.everything()
                .modelId(model)
                .state(state == null ? null : EvaluationKeyState.valueOf(state))
                .limit(PER_PAGE)
                .cursor(asked.cursor());
    }

    @Get("/models/{id}/activity")
    HttpResponse<?> activity(HttpRequest<?> request, UUID id, Session session) {
        ListRequest asked = ListRequest.of(request, Map.of());
        Model model = session.client().models().get(id);
        Page<AuditedChange> page = session.client()
                .audit()
                .list(AuditQuery.everything().modelId(id).limit(PER_PAGE).cursor(asked.cursor()));
        Instant now = clock.instant();
        return pages.page(
                "model-activity",
                pages.frame(session, Section.MODELS, model.name()),
                Map.of(
                        "model", ModelRow.of(model, now),
                        "list",
                                asked.listing(
                                        ActivityEntry.of(page.items(), session.names(), now),
                                        page.nextCursor(),
                                        null)));
    }
}
