package dev.keyswitch.api.http;

import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.contract.problem.ProblemCode;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of an `application/x-www-form-urlencoded` body. It is read as one text: the server's own binding of one field
/// after the other hands out a chunk twice now and then, when a body arrives while the request waits for a thread.
public final class Form {

    private static final int MAX_FIELDS = 32;

    private final Map<String, List<String>> fields;

    private Form(Map<String, List<String>> fields) {
        this.fields = fields;
    }

    /// @param body null: without fields
    public static Form read(@Nullable String body) {
        try {
            return new Form(
                    new QueryStringDecoder(body == null ? "" : body, StandardCharsets.UTF_8, false, MAX_FIELDS, true)
                            .parameters());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(ProblemCode.MALFORMED_REQUEST, "The form cannot be read.");
        }
    }

    /// Null if it is not there. Fields that nobody asks for are ignored, as RFC 7662 wants it.
    public @Nullable String field(String name) {
        List<String> values = fields.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw ProblemException.invalid("/" + name, "must be given once");
        }
        return values.isEmpty() ? null : values.getFirst();
    }
}
