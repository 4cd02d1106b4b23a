package dev.keyswitch.api.http;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;

/// Leaves out which language the caller would like: there is one. The server would read the header for every request, and fails at one
/// that has nothing but a comma.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class Languages implements Ordered {

    @RequestFilter
    void forget(HttpRequest<?> request) {
        if (request.getHeaders() instanceof MutableHttpHeaders headers) {
            headers.remove(HttpHeaders.ACCEPT_LANGUAGE);
        }
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
