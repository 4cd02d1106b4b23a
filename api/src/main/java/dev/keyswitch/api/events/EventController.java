package dev.keyswitch.api.events;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.http.QueryParameters;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Allowed;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.problem.ProblemCode;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Server-sent events of the caller's account.
@Controller("/v1/events")
@ExecuteOn(TaskExecutors.BLOCKING)
final class EventController {

    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");

    private final PublishedEvents events;
    private final EventWatch watch;
    private final EventText text;
    private final ExecutorService threads;
    private final Semaphore free;
    private final Duration longest;

    EventController(
            PublishedEvents events,
            EventWatch watch,
            EventText text,
            @Named(TaskExecutors.BLOCKING) ExecutorService threads,
            @Value("${keyswitch.events.streams:500}") int streams,
            @Value("${keyswitch.events.longest-stream:15m}") Duration longest) {
        this.events = events;
        this.watch = watch;
        this.text = text;
        this.threads = threads;
        this.free = new Semaphore(streams);
        this.longest = longest;
    }

    @Get
    @Produces(MediaType.TEXT_EVENT_STREAM)
    @Allowed({Role.OWNER, Role.OPERATOR, Role.VIEWER})
    HttpResponse<?> follow(Caller caller, QueryParameters query, @Header("Last-Event-ID") @Nullable String last) {
        EventFilter filter = EventFilter.of(query);
        query.refuseOthers();
        long position = last == null ? latest(caller.account()) : kept(caller.account(), last);
        if (!free.tryAcquire()) {
            throw new ProblemException(ProblemCode.RATE_LIMITED, "This node serves as many event streams as it can. Try again later.");
        }
        EventStream stream = new EventStream(
                new EventStream.Source(events, watch, text, threads, free::release), caller.account(), filter, position, longest);
        return stream.answer(MediaType.TEXT_EVENT_STREAM_TYPE);
    }

    private long latest(AccountId account) {
        return Objects.requireNonNull(events.latest(List.of(account)).get(account));
    }

    private long kept(AccountId account, String last) {
        if (!POSITION.matcher(last).matches()) {
            throw new ProblemException(
                    ProblemCode.MALFORMED_REQUEST, "The header Last-Event-ID must be the id of an event of this stream.");
        }
        long position = Long.parseLong(last);
        if (position != 0 && !events.isKept(account, position)) {
            throw new ProblemException(
                    ProblemCode.EVENTS_NOT_KEPT,
                    "The events after this one are no longer kept. Read the present state, and follow without Last-Event-ID.");
        }
        return position;
    }
}
