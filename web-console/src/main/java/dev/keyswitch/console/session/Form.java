package dev.keyswitch.console.session;

import io.micronaut.http.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The fields of a submitted form. The first value of a name counts.
public record Form(Map<String, String> fields) {

    public Form {
        fields = Map.copyOf(fields);
    }

    static Form empty() {
        return new Form(Map.of());
    }

    /// What an address says beside its path, read as a form that was submitted there.
    public static Form ofQuery(HttpRequest<?> request) {
        return new Form(request.getParameters().asMap(String.class, String.class));
    }

    /// @throws IllegalArgumentException if it is not URL-encoded
    static Form parse(String body) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : body.split("&")) {
            int split = pair.indexOf('=');
            if (split > 0) {
                fields.putIfAbsent(decode(pair.substring(0, split)), decode(pair.substring(split + 1)));
            }
        }
        return new Form(fields);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /// The field as it was sent, empty if it was not.
    public String text(String name) {
        return fields.getOrDefault(name, "").strip();
    }

    /// The field, unless it is blank.
    public Optional<String> given(String name) {
        return Optional.of(text(name)).filter(text -> !text.isEmpty());
    }

    public boolean checked(String name) {
        return fields.containsKey(name);
    }

    /// The field as an id; nothing if it is none.
    public Optional<UUID> id(String name) {
        return given(name).flatMap(Ids::read);
    }
}
