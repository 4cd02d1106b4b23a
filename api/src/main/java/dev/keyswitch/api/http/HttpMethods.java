package dev.keyswitch.api.http;

import io.micronaut.http.HttpMethod;

/// What the method of a call says about it.
public final class HttpMethods {

    private HttpMethods() {}

    /// Whether such a call changes something.
    public static boolean change(HttpMethod method) {
        return switch (method) {
            case POST, PUT, PATCH, DELETE -> true;
            default -> false;
        };
    }
}
