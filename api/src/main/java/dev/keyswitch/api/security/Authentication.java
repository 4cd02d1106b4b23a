package dev.keyswitch.api.security;

import dev.keyswitch.api.http.RequestIds;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.contract.value.ShownOnceValue;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.web.router.RouteAttributes;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Nobody passes without a credential, and none whose role the operation does not name.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class Authentication implements Ordered {

    private static final Pattern TRACE_PARENT = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final Admissions admissions;
    private final RequestIds requestIds;
    private final ExecutorService blocking;

    Authentication(Admissions admissions, RequestIds requestIds, @Named(TaskExecutors.BLOCKING) ExecutorService blocking) {
        this.admissions = admissions;
        this.requestIds = requestIds;
        this.blocking = blocking;
    }

    /// Who was let in a moment ago goes on in the thread that read the request; only a look-up leaves it. So most requests change threads
    /// once, for their own work, and not three times.
    ///
    /// @return the same request: Micronaut leaves out what follows a stage without a value
    @RequestFilter
    CompletionStage<HttpRequest<?>> admit(HttpRequest<?> request) {
        if (!isCall(request) || isForTokens(request)) {
            return CompletableFuture.completedFuture(request);
        }
        // One constant refusal for whatever is wrong, and one look-up by hash for whatever has the right form.
        byte[] hash = BearerValue.of(request, ShownOnceValue.CREDENTIAL_PREFIX).map(ShownOnceValues::hash).orElseThrow(Authentication::refusal);
        Optional<AdmittedCredential> recent = admissions.recent(hash);
        return recent.isPresent()
                ? CompletableFuture.completedFuture(admit(request, recent.get()))
                : CompletableFuture.supplyAsync(
                        () -> admit(request, admissions.find(hash).orElseThrow(Authentication::refusal)), blocking);
    }

    private HttpRequest<?> admit(HttpRequest<?> request, AdmittedCredential credential) {
        Caller caller = caller(credential, request);
        // Without a route the answer is 404, and it is the router's.
        RouteAttributes.getRouteMatch(request).ifPresent(route -> {
            List<Role> allowed = List.of(route.getAnnotationMetadata().enumValues(Allowed.class, Role.class));
            if (!allowed.contains(caller.role())) {
                throw new ProblemException(
                        ProblemCode.FORBIDDEN,
                        "The role " + caller.role() + " may not do that" + (allowed.isEmpty() ? "." : "; needed is one of " + allowed + "."));
            }
        });
        return request.setAttribute(CallerBinder.ATTRIBUTE, caller);
    }

    private static ProblemException refusal() {
        return new ProblemException(ProblemCode.UNAUTHENTICATED, "The request needs a valid credential: Authorization: Bearer ksm_…");
    }

    /// Pages like the health of the node are there for everybody.
    private static boolean isCall(HttpRequest<?> request) {
        String path = request.getPath();
        return path.equals("/v1") || path.startsWith("/v1/");
    }

    /// There the operation itself asks for the value of a token.
    private static boolean isForTokens(HttpRequest<?> request) {
        return RouteAttributes.getRouteMatch(request)
                .filter(route -> route.getAnnotationMetadata().hasAnnotation(AllowedToTokens.class))
                .isPresent();
    }

    private Caller caller(AdmittedCredential row, HttpRequest<?> request) {
        return new Caller(
                row.id(),
                row.name(),
                row.role(),
                row.accountId(),
                row.holderId(),
                row.boundTo(),
                requestIds.of(request),
                traceParent(request.getHeaders().get("traceparent")));
    }

    /// Before whatever needs to know who calls.
    @Override
    public int getOrder() {
        return 0;
    }

    private static @Nullable String traceParent(@Nullable String sent) {
        return sent != null && TRACE_PARENT.matcher(sent).matches() ? sent : null;
    }
}
