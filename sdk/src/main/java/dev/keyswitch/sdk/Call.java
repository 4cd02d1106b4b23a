package dev.keyswitch.sdk;

import java.net.http.HttpRequest.BodyPublisher;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One call, as all its tries have in common.
///
/// @param target path and query, beginning with `/v1`
/// @param requestId the same for every try, so that the server's log shows them together
/// @param repeatable doing it twice has the effect of doing it once
/// @param streamed the body of a good answer is handed on while it arrives
/// @param patience longest silence that is endured
record Call(
        String method,
        String target,
        Map<String, String> headers,
        @Nullable BodyPublisher body,
        String requestId,
        boolean repeatable,
        boolean streamed,
        Duration patience) {
    Call {
        headers = Map.copyOf(headers);
    }

    static Call of(String method, String target, Duration patience) {
        boolean repeatable = !method.equals("POST") && !method.equals("PATCH");
        return new Call(method, target, Map.of(), null, UUID.randomUUID().toString(), repeatable, false, patience);
    }

    Call header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Call(method, target, more, body, requestId, repeatable, streamed, patience);
    }

    Call body(String contentType, BodyPublisher content) {
        return new Call(method, target, headers, content, requestId, repeatable, streamed, patience)
                .header("Content-Type", contentType);
    }

    boolean isReading() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /// Repeatable, because the server knows a repetition by this key.
    Call once(String idempotencyKey) {
        return header(IdempotencyKey.HEADER, idempotencyKey).asRepeatable();
    }

    Call asRepeatable() {
        return new Call(method, target, headers, body, requestId, true, streamed, patience);
    }

    Call asStreamed() {
        return new Call(method, target, headers, body, requestId, repeatable, true, patience);
    }

    Call patience(Duration longer) {
        return new Call(method, target, headers, body, requestId, repeatable, streamed, longer);
    }
}
