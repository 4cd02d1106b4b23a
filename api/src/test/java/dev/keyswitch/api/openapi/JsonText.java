package dev.keyswitch.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Writes JSON as no library would: texts that are none, a field twice, fields in any order.
final class JsonText {

    private final Random random;
    private boolean twice;

    /// @param twice whether one of the fields is to be given twice
    JsonText(Random random, boolean twice) {
        this.random = random;
        this.twice = twice;
    }

    String of(JsonNode node) {
        if (node instanceof POJONode raw && raw.getPojo() instanceof RawValue text) {
            return String.valueOf(text.rawValue());
        }
        if (node.isObject()) {
            return object(node);
        }
        if (node.isArray()) {
            List<String> items = new ArrayList<>();
            node.forEach(item -> items.add(of(item)));
            return "[" + String.join(",", items) + "]";
        }
        return node.isTextual() ? quoted(node.asText()) : node.toString();
    }

    private String object(JsonNode node) {
        List<String> fields = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            fields.add(quoted(field.getKey()) + ":" + of(field.getValue()));
        }
        if (twice && !fields.isEmpty()) {
            twice = false;
            fields.add(fields.get(random.nextInt(fields.size())));
        }
        if (random.nextInt(4) == 0) {
            Collections.shuffle(fields, random);
        }
        return "{" + String.join(",", fields) + "}";
    }

    /// Escaped as it must be, or not at all, or all of it.
    private String quoted(String text) {
        int how = random.nextInt(20);
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (how == 0) {
                quoted.append(c);
            } else if (how < 3 || c < 0x20 || Character.isSurrogate(c) && how < 12) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
