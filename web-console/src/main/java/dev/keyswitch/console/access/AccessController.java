package dev.keyswitch.console.access;

import dev.keyswitch.console.live.Live;
import dev.keyswitch.console.live.LiveEvents;
import dev.keyswitch.console.page.Frame.Section;
import dev.keyswitch.console.page.Pages;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.contract.holder.Holder;
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
import java.util.stream.Collectors;
import org.reactivestreams.Publisher;

/// Management credentials and key holders. Credentials are shown to owners alone.
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class AccessController {

    private final Pages pages;
    private final Clock clock;

    AccessController(Pages pages, Clock clock) {
        this.pages = pages;
        this.clock = clock;
    }

    @Get("/access")
    HttpResponse<?> list(Session session) {
        List<Holder> holders = session.client().holders().list();
        Instant now = clock.instant();
        List<CredentialRow> rows = session.mayAdminister()
                ? CredentialRow.of(
                        session.client().credentials().list(),
                        holders.stream().collect(Collectors.toMap(Holder::id, Holder::name)),
                        session,
                        now)
                : List.of();
        return pages.page(
                "access",
                pages.frame(session, Section.ACCESS, "Access"),
                Map.of("rows", rows, "holders", holders, "live", "/live/access?shape=" + Live.shape(holders), "now", now));
    }

    /// Follows how far rotations of root keys are.
    @Get("/live/access")
    @Produces(MediaType.TEXT_EVENT_STREAM)
    Publisher<Event<String>> live(@QueryValue(defaultValue = "") String shape, Session session) {
        return new LiveEvents(session, shape, () -> {
            List<Holder> holders = session.client().holders().list();
            boolean moving = holders.stream().anyMatch(holder -> holder.rotation() != null);
            return new Live(List.of(), false, Live.shape(holders), moving);
        });
    }
}
