package dev.keyswitch.api.http;

import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.contract.problem.ProblemCode;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;

/// Refuses a content type that is none. The server would otherwise take it for a missing one.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class ContentTypes {

    @RequestFilter
    void check(HttpRequest<?> request) {
        if (request.getHeaders().contains(HttpHeaders.CONTENT_TYPE) && request.getContentType().isEmpty()) {
            throw new ProblemException(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE, "The header Content-Type is not a media type like application/json.");
        }
    }
}
