package dev.keyswitch.console.token;

import dev.keyswitch.console.activity.ActivityEntry;
import dev.keyswitch.console.evaluationkey.KeyRow;
import dev.keyswitch.console.live.Live;
import dev.keyswitch.console.live.LiveEvents;
import dev.keyswitch.console.page.Frame.Section;
import dev.keyswitch.console.page.Pages;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.token.Assignment;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.AuditQuery;
import dev.keyswitch.sdk.EvaluationKeyQuery;
import dev.keyswitch.sdk.KeyswitchClient;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.reactivestreams.Publisher;

/// All about one token.
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class TokenPageController {

    private static final int KEYS = 20;
    private static final int CHANGES = 15;

    private final Pages pages;
    private final Clock clock;

    TokenPageController(Pages pages, Clock clock) {
        this.pages = pages;
        this.clock = clock;
    }

    /// What the page shows beside the progress of keys.
    private record Seen(Token token, List<EvaluationKey> keys) {

        static Seen of(KeyswitchClient client, UUID id) {
            return new Seen(
                    client.tokens().get(id),
                    client.evaluationKeys()
                            .list(EvaluationKeyQuery.everything().tokenId(id).limit(KEYS))
                            .items());
        }

        String shape() {
            return Live.shape(
                    token.name(),
                    token.note(),
                    token.status(),
                    token.custody(),
                    token.holderId(),
                    token.expiresAt(),
                    String.valueOf(token.modelId()),
                    token.pendingReassignment() != null,
                    token.valueHint(),
                    keys.stream().map(key -> key.id() + " " + key.state()).toList());
        }
    }

    @Get("/tokens/{id}")
    HttpResponse<?> token(UUID id, Session session) {
        KeyswitchClient client = session.client();
        Seen seen = Seen.of(client, id);
        Instant now = clock.instant();
        List<Assignment> assignments = client.tokens().assignments(id);
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("row", row(seen.token(), session, now));
        parameters.put("holder", client.holders().get(seen.token().holderId()));
        parameters.put("assignments", assignments);
        parameters.put("keys", KeyRow.of(seen.keys(), session.names(), now));
        parameters.put(
                "entries",
                ActivityEntry.of(
                        client.audit()
                                .list(AuditQuery.everything().tokenId(id).limit(CHANGES))
                                .items(),
                        session.names(),
                        now));
        parameters.put("live", "/live/tokens/" + id + "?shape=" + seen.shape());
        return pages.page("token", pages.frame(session, Section.TOKENS, seen.token().name()), parameters);
    }

    @Get("/live/tokens/{id}")
    @Produces(MediaType.TEXT_EVENT_STREAM)
    Publisher<Event<String>> live(UUID id, @QueryValue(defaultValue = "") String shape, Session session) {
        return new LiveEvents(session, shape, () -> {
            Seen seen = Seen.of(session.client(), id);
            TokenRow row = row(seen.token(), session, clock.instant());
            String html = row.keyPart().render(pages, session);
            return new Live(
                    List.of(new Live.Part(id.toString(), html)),
                    true,
                    seen.shape(),
                    row.keyPart().moving());
        });
    }

    private static TokenRow row(Token token, Session session, Instant now) {
        return TokenRow.of(List.of(token), session.names(), now).getFirst();
    }
}
