package dev.keyswitch.api.idempotency;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a call was answered: enough to answer it again.
///
/// @param contentType empty if there is no body
record KeptAnswer(int status, Map<String, List<String>> headers, String contentType, byte[] body) {

    private static final String REPLAYED = "Idempotency-Replayed";
    /// They belong to one exchange, or follow from the body.
    private static final Set<String> OF_ONE_EXCHANGE = Set.of(
            "x-request-id", "date", "connection", "transfer-encoding", "content-length", "content-type", "retry-after");
    private static final String LIMITS = "ratelimit";
    /// Refusals that were decided by the operation itself. Any other may turn out differently at the next try.
    private static final Set<Integer> KEPT_REFUSALS = Set.of(404, 409, 410, 412, 422);

    static KeptAnswer of(HttpResponse<?> response, byte[] body) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        response.getHeaders().names().stream()
                .filter(name -> !OF_ONE_EXCHANGE.contains(name.toLowerCase(java.util.Locale.ROOT)))
                .filter(name -> !name.toLowerCase(java.util.Locale.ROOT).startsWith(LIMITS))
                .forEach(name -> headers.put(name, response.getHeaders().getAll(name)));
        String type = response.getContentType().map(MediaType::toString).orElse(MediaType.APPLICATION_JSON);
        return new KeptAnswer(response.code(), headers, body.length == 0 ? "" : type, body);
    }

    boolean isGood() {
        return status < 300;
    }

    boolean isWorthKeeping() {
        return isGood() || KEPT_REFUSALS.contains(status);
    }

    MutableHttpResponse<?> again() {
        MutableHttpResponse<Object> response = HttpResponse.status(HttpStatus.valueOf(status));
        headers.forEach((name, values) -> values.forEach(value -> response.header(name, value)));
        if (body.length > 0) {
            response.body(body).header(HttpHeaders.CONTENT_TYPE, contentType);
        }
        return response.header(REPLAYED, "true");
    }
}
