package dev.keyswitch.api.idempotency;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.FilterContinuation;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/// In tests: ends the process, as a power failure would, at a chosen moment of a request.
@SuppressWarnings("unused") // the server calls them
final class SuddenDeath {

    static final String HEADER = "X-Die";
    static final String BEFORE_COMMIT = "before-commit";
    static final String BEFORE_ANSWER = "before-answer";

    private SuddenDeath() {}

    private static void dieIf(HttpRequest<?> request, String moment) {
        if (moment.equals(request.getHeaders().get(HEADER))) {
            Runtime.getRuntime().halt(137);
        }
    }

    /// The operation has run, its transaction is open.
    @ServerFilter("/v1/**")
    static final class BeforeCommit implements Ordered {
        @RequestFilter
        @ExecuteOn(TaskExecutors.BLOCKING)
        HttpResponse<?> die(HttpRequest<?> request, FilterContinuation<MutableHttpResponse<?>> operation) {
            MutableHttpResponse<?> response = operation.proceed();
            dieIf(request, BEFORE_COMMIT);
            return response;
        }

        @Override
        public int getOrder() {
            return 2000;
        }
    }

    /// All is committed, nothing is sent.
    @ServerFilter("/v1/**")
    static final class BeforeAnswer implements Ordered {
        @ResponseFilter
        void die(HttpRequest<?> request) {
            dieIf(request, BEFORE_ANSWER);
        }

        @Override
        public int getOrder() {
            return 500;
        }
    }
}
