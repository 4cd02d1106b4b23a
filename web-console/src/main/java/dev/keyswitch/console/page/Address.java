package dev.keyswitch.console.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An address within the console, with the query parameters that are given.
public final class Address {

    private final StringBuilder text;
    private char separator = '?';

    private Address(String path) {
        this.text = new StringBuilder(path);
    }

    public static Address of(String path) {
        return new Address(path);
    }

    /// Adds a parameter unless it is null or empty.
    public Address with(String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            text.append(separator).append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            separator = '&';
        }
        return this;
    }

    /// Adds each parameter that has a value.
    public Address with(Map<String, String> parameters) {
        parameters.forEach(this::with);
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
