package dev.keyswitch.console.evaluationkey;

import static dev.keyswitch.console.page.ListRequest.anId;
import static dev.keyswitch.console.page.ListRequest.oneOf;

import dev.keyswitch.console.live.Live;
import dev.keyswitch.console.live.LiveEvents;
import dev.keyswitch.console.page.Attempt;
import dev.keyswitch.console.page.Frame.Section;
import dev.keyswitch.console.page.ListRequest;
import dev.keyswitch.console.page.Pages;
import dev.keyswitch.console.session.Form;
import dev.keyswitch.console.session.Notice;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.value.Page;
import dev.keyswitch.sdk.EvaluationKeyQuery;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
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
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.reactivestreams.Publisher;

/// The queue of evaluation keys, those of one state, and asking again for one that failed.
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class KeysController {

    private static final int PER_PAGE = 50;

    private static final Map<String, Predicate<String>> FILTERS = Map.of(
            "state", oneOf(EvaluationKeyState.class),
            "token", anId(),
            "model", anId());

    private final Pages pages;
    private final Clock clock;

    KeysController(Pages pages, Clock clock) {
        this.pages = pages;
        this.clock = clock;
    }

    @Get("/evaluation-keys")
    HttpResponse<?> keys(HttpRequest<?> request, Session session) {
        ListRequest asked = ListRequest.of(request, FILTERS);
        return asked.filters().isEmpty() ? queue(asked, session) : list(asked, session);
    }

    private HttpResponse<?> queue(ListRequest asked, Session session) {
        Queue queue = Queue.of(session.client());
        Instant now = clock.instant();
        return pages.page(
                "evaluation-keys",
                pages.frame(session, Section.EVALUATION_KEYS, "Evaluation keys"),
                Map.of(
                        "list", asked.listing(List.<KeyRow>of(), null, null),
                        "numbers", queue.numbers(),
                        "groups", queue.groups(session.names(), now),
                        "now", now,
                        "live", KeyRow.LIVE + "?shape=" + queue.shape()));
    }

    private HttpResponse<?> list(ListRequest asked, Session session) {
        Page<EvaluationKey> page = session.client().evaluationKeys().list(query(asked));
        Instant now = clock.instant();
        List<KeyRow> rows = KeyRow.of(page.items(), session.names(), now);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("now", now);
        parameters.put("list", asked.listing(rows, page.nextCursor(), null));
        parameters.put("numbers", session.client().overview().evaluationKeys());
        parameters.put("groups", List.of());
        parameters.put("live", KeyRow.live(asked, page));
        return pages.page(
                "evaluation-keys", pages.frame(session, Section.EVALUATION_KEYS, "Evaluation keys"), parameters);
    }

    @Get(KeyRow.LIVE)
    @Produces(MediaType.TEXT_EVENT_STREAM)
    Publisher<Event<String>> live(
            HttpRequest<?> request, @QueryValue(defaultValue = "") String shape, Session session) {
        ListRequest asked = ListRequest.of(request, FILTERS);
        return new LiveEvents(session, shape, () -> asked.filters().isEmpty() ? liveQueue(session) : liveList(asked, session));
    }

    private Live liveQueue(Session session) {
        Queue queue = Queue.of(session.client());
        return live(KeyRow.of(queue.generating(), session.names(), clock.instant()), queue.shape(), queue.moving(), session);
    }

    private Live liveList(ListRequest asked, Session session) {
        Page<EvaluationKey> page = session.client().evaluationKeys().list(query(asked));
        List<KeyRow> rows = KeyRow.of(page.items(), session.names(), clock.instant());
        return live(rows, KeyRow.shape(page), rows.stream().anyMatch(row -> row.part().moving()), session);
    }

    private Live live(List<KeyRow> rows, String shape, boolean moving, Session session) {
        List<Live.Part> parts = rows.stream()
                .map(row -> new Live.Part(row.key().id().toString(), row.part().render(pages, session)))
                .toList();
        return new Live(parts, false, shape, moving);
    }

    private static EvaluationKeyQuery query(ListRequest asked) {
        String state = asked.filter("state");
        return EvaluationKeyQuery.everything()
                .state(state == null ? null : EvaluationKeyState.valueOf(state))
                .tokenId(asked.idOf("token"))
                .modelId(asked.idOf("model"))
                .limit(PER_PAGE)
                .cursor(asked.cursor());
    }

    /// Asks again for an evaluation key that failed.
    @Post("/evaluation-keys/{id}/retry")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    HttpResponse<?> retry(UUID id, Session session, Form form) {
        return Attempt.of(session, form, "/evaluation-keys", () -> {
            EvaluationKey key = session.client().evaluationKeys().retry(id);
            String token = session.names().ofTokens(List.of(key.tokenId())).getOrDefault(key.tokenId(), "the token");
            return Notice.done("The evaluation key of " + token + " is asked for again.");
        });
    }
}
