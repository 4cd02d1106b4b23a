package dev.keyswitch.console.token;

import dev.keyswitch.console.live.Live;
import dev.keyswitch.console.live.LiveEvents;
import dev.keyswitch.console.model.ModelRow;
import dev.keyswitch.console.page.ListRequest;
import dev.keyswitch.console.page.Pages;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.value.Page;
import dev.keyswitch.sdk.TokenQuery;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.sse.Event;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;

/// Server-sent events of an open list of tokens: the evaluation key of each, whenever it changes.
@Controller("/live")
@Produces(MediaType.TEXT_EVENT_STREAM)
final class TokensLiveController {

    private final Pages pages;
    private final Clock clock;

    TokensLiveController(Pages pages, Clock clock) {
        this.pages = pages;
        this.clock = clock;
    }

    @Get("/tokens")
    Publisher<Event<String>> tokens(HttpRequest<?> request, Session session) {
        ListRequest asked = TokenLists.all(request);
        return follow(session, "", () -> "", () -> TokenLists.query(asked, clock.instant()));
    }

    @Get("/models/{model}/tokens")
    Publisher<Event<String>> tokensOfModel(
            HttpRequest<?> request, UUID model, @QueryValue(defaultValue = "") String shape, Session session) {
        ListRequest asked = TokenLists.ofModel(request);
        return follow(
                session,
                shape,
                () -> ModelRow.shape(session.client().models().get(model)),
                () -> TokenLists.query(asked, clock.instant(), model));
    }

    private Publisher<Event<String>> follow(
            Session session, String shape, Supplier<String> shapeNow, Supplier<TokenQuery> query) {
        return new LiveEvents(session, shape, () -> {
            TokenQuery asked = query.get();
            Page<Token> page = session.client().tokens().list(asked);
            boolean whole = asked.cursor() == null && page.nextCursor() == null;
            List<TokenRow> rows = TokenRow.of(page.items(), session.names(), clock.instant());
            return new Live(
                    rows.stream().map(row -> part(row, session)).toList(),
                    whole,
                    shapeNow.get(),
                    rows.stream().anyMatch(row -> row.keyPart().moving()));
        });
    }

    private Live.Part part(TokenRow row, Session session) {
        return new Live.Part(row.token().id().toString(), row.keyPart().render(pages, session));
    }
}
