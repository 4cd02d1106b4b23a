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
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.web.router.RouteAttributes;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Nobody passes without a credential, and none whose role the operation does not name.
@ServerFilter("/v1/**")
final class Authentication implements Ordered {

    private static final Pattern TRACE_PARENT = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private final Admissions admissions;
    private final RequestIds requestIds;

    Authentication(Admissions admissions, RequestIds requestIds) {
        this.admissions = admissions;
        this.requestIds = requestIds;
    }

    @RequestFilter
    @ExecuteOn(TaskExecutors.BLOCKING)
    void admit(HttpRequest<?> request) {
        if (isForTokens(request)) {
            return;
        }
        Caller caller = credential(request)
                .map(row -> caller(row, request))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.UNAUTHENTICATED, "The request needs a valid credential: Authorization: Bearer ksm_…"));
        // Without a route the answer is 404, and it is the router's.
        RouteAttributes.getRouteMatch(request).ifPresent(route -> {
            List<Role> allowed = List.of(route.getAnnotationMetadata().enumValues(Allowed.class, Role.class));
            if (!allowed.contains(caller.role())) {
                throw new ProblemException(
                        ProblemCode.FORBIDDEN,
                        "The role " + caller.role() + " may not do that" + (allowed.isEmpty() ? "." : "; needed is one of " + allowed + "."));
            }
        });
        request.setAttribute(CallerBinder.ATTRIBUTE, caller);
    }

    /// There the operation itself asks for the value of a token.
    private static boolean isForTokens(HttpRequest<?> request) {
        return RouteAttributes.getRouteMatch(request)
                .filter(route -> route.getAnnotationMetadata().hasAnnotation(AllowedToTokens.class))
                .isPresent();
    }

    /// One constant refusal for whatever is wrong, and one look-up by hash for whatever has the right form.
    private Optional<AdmittedCredential> credential(HttpRequest<?> request) {
        return BearerValue.of(request, ShownOnceValue.CREDENTIAL_PREFIX)
                .flatMap(value -> admissions.find(ShownOnceValues.hash(value)));
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
