package dev.keyswitch.console.activity;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.keyswitch.console.page.Frame.Section;
import dev.keyswitch.console.page.ListRequest;
import dev.keyswitch.console.page.Pages;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.contract.audit.AuditedChange;
import dev.keyswitch.contract.value.Page;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/// The audit trail as a page and as files.
@Controller("/activity")
@ExecuteOn(TaskExecutors.BLOCKING)
final class ActivityController {

    private static final MediaType CSV = MediaType.of("text/csv;charset=UTF-8");
    private static final MediaType JSON = MediaType.of("application/json;charset=UTF-8");

    private final Pages pages;
    private final ActivityExport export;
    private final Clock clock;

    ActivityController(Pages pages, ObjectMapper json, Clock clock) {
        this.pages = pages;
        this.export = new ActivityExport(json.copy().disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS));
        this.clock = clock;
    }

    @Get
    HttpResponse<?> list(HttpRequest<?> request, Session session) {
        ListRequest asked = ActivityLists.of(request);
        Page<AuditedChange> page = session.client().audit().list(ActivityLists.query(asked));
        List<ActivityEntry> entries = ActivityEntry.of(page.items(), session.names(), clock.instant());
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("list", asked.listing(entries, page.nextCursor(), null));
        parameters.put("about", about(asked, session));
        parameters.put("csv", asked.address("/activity/export.csv", null));
        parameters.put("json", asked.address("/activity/export.json", null));
        return pages.page("activity", pages.frame(session, Section.ACTIVITY, "Activity"), parameters);
    }

    @Get("/export.csv")
    HttpResponse<?> csv(HttpRequest<?> request, Session session) {
        return file(export.csv(changes(request, session)), CSV, "activity.csv");
    }

    @Get("/export.json")
    HttpResponse<?> json(HttpRequest<?> request, Session session) {
        return file(export.json(changes(request, session)), JSON, "activity.json");
    }

    private static Stream<AuditedChange> changes(HttpRequest<?> request, Session session) {
        return session.client().audit().all(ActivityLists.query(ActivityLists.of(request)).limit(200));
    }

    private static HttpResponse<?> file(String content, MediaType type, String name) {
        return HttpResponse.ok(content)
                .contentType(type)
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"");
    }

    /// The names of what the list is about, by filter.
    private static Map<String, String> about(ListRequest asked, Session session) {
        Map<String, String> about = new HashMap<>();
        UUID token = asked.idOf("token");
        UUID model = asked.idOf("model");
        if (token != null) {
            about.put("token", session.names().ofTokens(List.of(token)).getOrDefault(token, "a deleted token"));
        }
        if (model != null) {
            about.put("model", session.names().ofModels(List.of(model)).getOrDefault(model, "a deleted model"));
        }
        return about;
    }
}
