package dev.keyswitch.api.preview;

import dev.keyswitch.api.http.HttpMethods;
import dev.keyswitch.api.http.QueryParameters;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteInfo;
import java.util.Arrays;

/// Lets no change begin whose query is not understood: with a mistyped `dryRun` it would really happen.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class StrictQuery implements Ordered {

    @RequestFilter
    void check(HttpRequest<?> request) {
        if (!HttpMethods.change(request.getMethod()) || request.getParameters().isEmpty()) {
            return;
        }
        RouteAttributes.getRouteInfo(request).ifPresent(route -> {
            boolean previewed = Previewed.How.of(route).filter(Previewed.How.NEVER::equals).isEmpty();
            if (previewed) {
                DryRun.of(request);
            }
            if (!readsItsQuery(route)) {
                request.getParameters().names().stream()
                        .filter(name -> !previewed || !name.equals(QueryParameters.DRY_RUN))
                        .findFirst()
                        .ifPresent(name -> {
                            throw QueryParameters.refused(name, "is not known here");
                        });
            }
        });
    }

    /// Those refuse by themselves what they do not know.
    private static boolean readsItsQuery(RouteInfo<?> route) {
        return route instanceof MethodBasedRouteInfo<?, ?> method
                && Arrays.stream(method.getTargetMethod().getArguments())
                        .anyMatch(argument -> argument.getType() == QueryParameters.class);
    }

    /// Once it is known who calls, and before anything is kept.
    @Override
    public int getOrder() {
        return 900;
    }
}
