package dev.keyswitch.console.activity;

import static dev.keyswitch.console.page.ListRequest.anId;

import dev.keyswitch.console.page.ListRequest;
import dev.keyswitch.sdk.AuditQuery;
import io.micronaut.http.HttpRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// From the address of a list of changes to the query that fills it.
public final class ActivityLists {

    private static final int PER_PAGE = 50;
    private static final int LONGEST_NAME = 120;

    private static final Map<String, Predicate<String>> FILTERS = Map.of(
            "token", anId(),
            "model", anId(),
            "actor", text -> text.length() <= LONGEST_NAME,
            "action", ActionWords.all()::containsKey,
            "from", ActivityLists::isDay,
            "to", ActivityLists::isDay);

    private ActivityLists() {}

    static ListRequest of(HttpRequest<?> request) {
        return ListRequest.of(request, FILTERS);
    }

    /// A page of the trail.
    public static AuditQuery query(ListRequest asked) {
        return AuditQuery.everything()
                .tokenId(asked.idOf("token"))
                .modelId(asked.idOf("model"))
                .actor(asked.filter("actor"))
                .action(asked.filter("action"))
                .between(begin(asked.filter("from"), 0), begin(asked.filter("to"), 1))
                .limit(PER_PAGE)
                .cursor(asked.cursor());
    }

    private static boolean isDay(String text) {
        try {
            return LocalDate.parse(text).getYear() <= 9999;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static @Nullable Instant begin(@Nullable String day, int daysLater) {
        return day == null
                ? null
                : LocalDate.parse(day).plusDays(daysLater).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
