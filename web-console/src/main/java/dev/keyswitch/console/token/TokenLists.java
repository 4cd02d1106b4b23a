package dev.keyswitch.console.token;

import static dev.keyswitch.console.page.ListRequest.anId;
import static dev.keyswitch.console.page.ListRequest.oneOf;

import dev.keyswitch.console.page.ListRequest;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.token.TokenStatus;
import dev.keyswitch.sdk.TokenQuery;
import io.micronaut.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// From the address of a list of tokens to the query that fills it. A list and its live events ask the same.
public final class TokenLists {

    private static final int PER_PAGE = 50;

    private static final Map<String, Predicate<String>> FILTERS = Map.of(
            "show", oneOf("assigned", "unassigned"),
            "status", oneOf(TokenStatus.class),
            "key", oneOf("REQUESTED", "GENERATING", "READY", "FAILED"),
            "expires", oneOf("0", "1", "7", "30"),
            "model", anId());

    private TokenLists() {}

    /// What the address of the list of all tokens asks for.
    public static ListRequest all(HttpRequest<?> request) {
        return ListRequest.of(request, FILTERS);
    }

    /// What the address of a model's tokens asks for.
    public static ListRequest ofModel(HttpRequest<?> request) {
        return ListRequest.of(request, Map.of());
    }

    /// @param now what `expires` counts from: a number of days, 0 for those that are over
    public static TokenQuery query(ListRequest asked, Instant now) {
        String status = asked.filter("status");
        String key = asked.filter("key");
        return TokenQuery.everything()
                .q(asked.qOrNull())
                .assigned(asked.filter("show") == null ? null : Boolean.valueOf("assigned".equals(asked.filter("show"))))
                .modelId(asked.idOf("model"))
                .status(status == null ? null : TokenStatus.valueOf(status))
                .keyState(key == null ? null : EvaluationKeyState.valueOf(key))
                .expiresBefore(expiresBefore(asked.filter("expires"), now))
                .sort(asked.sortOrNull())
                .limit(PER_PAGE)
                .cursor(asked.cursor());
    }

    public static TokenQuery query(ListRequest asked, Instant now, UUID model) {
        return query(asked, now).modelId(model);
    }

    private static @Nullable Instant expiresBefore(@Nullable String days, Instant now) {
        return days == null ? null : now.plus(Duration.ofDays(Long.parseLong(days)));
    }
}
