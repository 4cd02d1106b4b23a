package dev.keyswitch.api.preview;

import dev.keyswitch.api.Id;
import dev.keyswitch.api.http.HttpMethods;
import dev.keyswitch.api.http.Problems;
import dev.keyswitch.api.http.QueryParameters;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.preview.Preview;
import dev.keyswitch.contract.problem.ProblemCode;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ConditionalFilter;
import io.micronaut.http.filter.FilterContinuation;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.web.router.RouteAttributes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Answers a call with `dryRun=true`: the operation really runs, in a transaction that is rolled back, between two looks at what it
/// changes. So a preview cannot say anything else than the call would do, also for operations nobody has written yet. A refusal is
/// answered as the call would be.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class PreviewFilter implements Ordered, ConditionalFilter {

    private final Map<String, PreviewSubject> subjects;
    private final Undone undone;
    private final Problems problems;

    PreviewFilter(List<PreviewSubject> subjects, Undone undone, Problems problems) {
        this.subjects = subjects.stream().collect(Collectors.toMap(PreviewSubject::path, Function.identity()));
        this.undone = undone;
        this.problems = problems;
    }

    @Override
    public boolean isEnabled(HttpRequest<?> request) {
        return HttpMethods.change(request.getMethod()) && request.getParameters().contains(QueryParameters.DRY_RUN);
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    HttpResponse<?> preview(HttpRequest<?> request, FilterContinuation<MutableHttpResponse<?>> continuation) {
        // Asked again, for not every way through the filters asks whether this one is enabled.
        Place place = isEnabled(request) && DryRun.of(request).wanted() ? Place.of(request, subjects) : null;
        if (place == null) {
            return continuation.proceed();
        }
        boolean byItself = RouteAttributes.getRouteMatch(request)
                .flatMap(Previewed.How::of)
                .filter(Previewed.How.BY_ITSELF::equals)
                .isPresent();
        Caller caller = Caller.of(request);
        if (byItself) {
            Object before = place.read(caller, place.id());
            MutableHttpResponse<?> answer = run(request, continuation);
            return answer.code() < 300
                    ? preview(answer, before, answer.body(), KeyChanges.between(List.of(), List.of(), List.of()))
                    : answer;
        }
        return undone.run(() -> {
            Object before = place.read(caller, place.id());
            List<SeenKey> keys = place.keys(caller, place.id());
            MutableHttpResponse<?> answer = run(request, continuation);
            if (answer.code() >= 300) {
                return answer;
            }
            UUID id = answer.status() == HttpStatus.CREATED && place.id() == null
                    ? place.subject().created(Objects.requireNonNull(answer.body()))
                    : place.id();
            Object after = place.read(caller, id);
            List<LaterKeys> later = after == null ? List.of() : place.subject().later(caller, before, after);
            return preview(answer, before, after, KeyChanges.between(keys, place.keys(caller, id), later));
        });
    }

    private static HttpResponse<?> preview(
            HttpResponse<?> answer, @Nullable Object before, @Nullable Object after, KeyChanges keys) {
        return HttpResponse.ok(new Preview<>(answer.code(), before, after, keys.changed(), keys.work()));
    }

    private MutableHttpResponse<?> run(HttpRequest<?> request, FilterContinuation<MutableHttpResponse<?>> continuation) {
        try {
            // Only so does it run in the transaction that is begun here.
            return continuation.request(request).proceed();
        } catch (RuntimeException e) {
            return problems.answer(request, e);
        }
    }

    /// What a call is about.
    private record Place(PreviewSubject subject, @Nullable UUID id) {

        /// @return null if nothing is known to change there
        static @Nullable Place of(HttpRequest<?> request, Map<String, PreviewSubject> subjects) {
            String[] parts = request.getPath().split("/");
            PreviewSubject subject = parts.length < 3 ? null : subjects.get(parts[2]);
            if (subject == null) {
                return null;
            }
            try {
                return new Place(subject, parts.length > 3 ? Id.parse(parts[3]) : subject.own(Caller.of(request)));
            } catch (IllegalArgumentException _) {
                // The operation refuses it in its own words.
                return new Place(subject, null);
            }
        }

        /// @param which null if there is none yet
        @Nullable
        Object read(Caller caller, @Nullable UUID which) {
            try {
                return which == null ? null : subject.read(caller, which);
            } catch (ProblemException e) {
                if (e.code() == ProblemCode.NOT_FOUND) {
                    return null;
                }
                throw e;
            }
        }

        List<SeenKey> keys(Caller caller, @Nullable UUID which) {
            return which == null ? List.of() : subject.keys(caller, which);
        }
    }

    /// Inside of whatever keeps answers.
    @Override
    public int getOrder() {
        return 1001;
    }
}
