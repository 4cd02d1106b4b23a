package dev.keyswitch.api.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/// Reads a JSON merge patch (RFC 7396), in which `null` is something else than nothing: it empties a field. Texts that may be
/// empty become so; for every other field it is refused, and does not pass for an absent one.
final class MergePatch<T> extends StdDeserializer<T> {

    private final Class<T> type;
    private final transient ObjectMapper plain;
    private final transient Set<String> emptied;

    /// @param plain reads `type` without this
    /// @param emptied texts that `null` empties
    MergePatch(Class<T> type, ObjectMapper plain, Set<String> emptied) {
        super(type);
        this.type = type;
        this.plain = plain;
        this.emptied = emptied;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode body = context.readTree(parser);
        if (body instanceof ObjectNode patch) {
            for (Map.Entry<String, JsonNode> field : patch.properties()) {
                if (field.getValue().isNull()) {
                    field.setValue(patch.textNode(empty(parser, field.getKey())));
                }
            }
        }
        return plain.treeToValue(body, type);
    }

    private String empty(JsonParser parser, String field) throws IOException {
        if (emptied.contains(field)) {
            return "";
        }
        MismatchedInputException refused = MismatchedInputException.from(parser, String.class, "null");
        refused.prependPath(type, field);
        throw refused;
    }
}
