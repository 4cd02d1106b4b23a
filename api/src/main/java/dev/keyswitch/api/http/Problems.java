package dev.keyswitch.api.http;

import dev.keyswitch.contract.problem.Problem;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;

/// The answer to a failure, for filters that must know it before it leaves.
@Singleton
public final class Problems {

    private final Unexpected unexpected;

    Problems(Unexpected unexpected) {
        this.unexpected = unexpected;
    }

    public MutableHttpResponse<Problem> answer(HttpRequest<?> request, Throwable thrown) {
        return unexpected.handle(request, thrown);
    }
}
