package dev.keyswitch.console.session;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Whether a request was made by a page of this console, as far as its browser tells. Beside form values and
/// SameSite cookies: a browser that tells must not be ignored.
final class FromHere {

    private FromHere() {}

    static boolean test(HttpRequest<?> request) {
        HttpHeaders headers = request.getHeaders();
        String site = headers.get("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin");
        }
        String origin = headers.get(HttpHeaders.ORIGIN);
        return origin == null || isHost(origin, headers.get(HttpHeaders.HOST));
    }

    private static boolean isHost(String origin, @Nullable String host) {
        try {
            return host != null && host.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException notAnOrigin) {
            return false;
        }
    }
}
