package dev.keyswitch.console.live;

import dev.keyswitch.console.page.Pages;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.console.token.TokenLists;
import dev.keyswitch.console.token.TokenRow;
import dev.keyswitch.sdk.TokenQuery;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.sse.Event;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.reactivestreams.Publisher;

/// Server-sent events of an open list: the evaluation key of each token on it, whenever it changes.
@Controller("/live")
@Produces(MediaType.TEXT_EVENT_STREAM)
final class LiveController {

    private final Pages pages;
    private final Clock clock;

    LiveController(Pages pages, Clock clock) {
        this.pages = pages;
        this.clock = clock;
    }

    @Get("/tokens")
    Publisher<Event<String>> tokens(HttpRequest<?> request, Session session) {
        return watch(session, TokenLists.query(TokenLists.all(request)));
    }

    @Get("/models/{model}/tokens")
    Publisher<Event<String>> tokensOfModel(HttpRequest<?> request, UUID model, Session session) {
        return watch(session, TokenLists.query(TokenLists.ofModel(request), model));
    }

    private Publisher<Event<String>> watch(Session session, TokenQuery query) {
        return new KeyWatch(session, query, token -> {
            TokenRow row = TokenRow.of(token, clock.instant());
            String html = pages.render("part/key", Map.of("row", row, "csrf", session.csrf(), "may", session.mayAssign()));
            return new KeyWatch.Seen(html, row.key().moving());
        });
    }
}
