package dev.keyswitch.api.security;

import dev.keyswitch.contract.value.ShownOnceValue;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Optional;

/// The value in a request's one `Authorization: Bearer` header.
public final class BearerValue {

    private static final String SCHEME = "bearer ";

    private BearerValue() {}

    /// Empty unless there is exactly one, and it has the form of a value with this prefix.
    public static Optional<String> of(HttpRequest<?> request, String prefix) {
        List<String> sent = request.getHeaders().getAll("Authorization");
        if (sent.size() != 1 || !sent.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String value = sent.getFirst().substring(SCHEME.length()).strip();
        return ShownOnceValue.isWellFormed(prefix, value) ? Optional.of(value) : Optional.empty();
    }
}
