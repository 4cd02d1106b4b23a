package dev.keyswitch.api.http;

import dev.keyswitch.api.IdSource;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.regex.Pattern;

/// Every answer carries `X-Request-Id`: the one the caller sent if it is harmless, a new one otherwise.
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
public final class RequestIds implements Ordered {

    public static final String HEADER = "X-Request-Id";
    private static final String ATTRIBUTE = "keyswitch.request-id";
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final IdSource ids;

    RequestIds(IdSource ids) {
        this.ids = ids;
    }

    @RequestFilter
    void give(HttpRequest<?> request) {
        of(request);
    }

    @ResponseFilter
    void answer(HttpRequest<?> request, MutableHttpResponse<?> response) {
        // A problem has it already.
        response.getHeaders().set(HEADER, of(request));
    }

    /// The id of this request; the first call decides.
    public String of(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE).map(String.class::cast).orElseGet(() -> {
            String sent = request.getHeaders().get(HEADER);
            String id = sent != null && HARMLESS.matcher(sent).matches() ? sent : ids.next().toString();
            request.setAttribute(ATTRIBUTE, id);
            return id;
        });
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
