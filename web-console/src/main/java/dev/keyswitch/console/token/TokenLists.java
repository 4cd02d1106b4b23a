package dev.keyswitch.console.token;

import dev.keyswitch.console.page.ListRequest;
import dev.keyswitch.sdk.TokenQuery;
import io.micronaut.http.HttpRequest;
import java.util.Set;
import java.util.UUID;

/// From the address of a list of tokens to the query that fills it. A list and its live events ask the same.
public final class TokenLists {

    private static final int PER_PAGE = 50;

    private TokenLists() {}

    /// What the address of the list of all tokens asks for.
    public static ListRequest all(HttpRequest<?> request) {
        return ListRequest.of(request, Set.of("assigned", "unassigned"));
    }

    public static TokenQuery query(ListRequest asked) {
        Boolean assigned = asked.show().isEmpty() ? null : Boolean.valueOf(asked.show().equals("assigned"));
        return TokenQuery.everything()
                .q(asked.qOrNull())
                .assigned(assigned)
                .sort(asked.sortOrNull())
                .limit(PER_PAGE)
                .cursor(asked.cursor());
    }

    /// What the address of a model's tokens asks for.
    public static ListRequest ofModel(HttpRequest<?> request) {
        return ListRequest.of(request, Set.of());
    }

    public static TokenQuery query(ListRequest asked, UUID model) {
        return query(asked).modelId(model);
    }
}
