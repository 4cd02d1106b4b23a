package dev.keyswitch.console.overview;

import dev.keyswitch.console.activity.ActivityEntry;
import dev.keyswitch.console.live.Live;
import dev.keyswitch.console.live.LiveEvents;
import dev.keyswitch.console.model.ModelRow;
import dev.keyswitch.console.page.Frame.Section;
import dev.keyswitch.console.page.Pages;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.contract.account.Overview;
import dev.keyswitch.contract.audit.AuditedChange;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.sdk.AuditQuery;
import dev.keyswitch.sdk.KeyswitchClient;
import dev.keyswitch.sdk.ModelQuery;
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
import org.reactivestreams.Publisher;

/// How the account stands.
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class OverviewController {

    private static final int MODELS = 6;
    private static final int CHANGES = 8;

    private final Pages pages;
    private final Clock clock;

    OverviewController(Pages pages, Clock clock) {
        this.pages = pages;
        this.clock = clock;
    }

    /// Everything on the page, read at once.
    private record Seen(Overview numbers, List<Model> models, List<AuditedChange> changes) {

        static Seen of(KeyswitchClient client) {
            return new Seen(
                    client.overview(),
                    client.models().list(ModelQuery.everything().limit(MODELS)).items(),
                    client.audit().list(AuditQuery.everything().limit(CHANGES)).items());
        }

        String shape() {
            Object last = changes.isEmpty() ? "" : changes.getFirst().at();
            return Live.shape(
                    numbers,
                    models.stream().map(model -> model.name() + model.tokenCount() + model.status()).toList(),
                    last);
        }
    }

    @Get("/overview")
    HttpResponse<?> overview(Session session) {
        Seen seen = Seen.of(session.client());
        Instant now = clock.instant();
        return pages.page(
                "overview",
                pages.frame(session, Section.OVERVIEW, "Overview"),
                Map.of(
                        "numbers", seen.numbers(),
                        "models",
                                seen.models().stream()
                                        .map(model -> ModelRow.of(model, now))
                                        .toList(),
                        "entries", ActivityEntry.of(seen.changes(), session.names(), now),
                        "now", now,
                        "live", "/live/overview?shape=" + seen.shape()));
    }

    @Get("/live/overview")
    @Produces(MediaType.TEXT_EVENT_STREAM)
    Publisher<Event<String>> live(@QueryValue(defaultValue = "") String shape, Session session) {
        return new LiveEvents(session, shape, () -> {
            Seen seen = Seen.of(session.client());
            Overview.Keys keys = seen.numbers().evaluationKeys();
            boolean moving = keys.waiting() + keys.generating() > 0;
            return new Live(List.of(), false, seen.shape(), moving);
        });
    }
}
