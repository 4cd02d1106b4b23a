package dev.keyswitch.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.StreamSupport;

/// Makes values of a JSON schema, and spoils them.
final class Instances {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final JsonNode document;
    private final KnownValues known;
    private final Map<String, List<JsonNode>> fit;

    /// @param fit by the name of a field or of a schema, values that chance would not find
    Instances(JsonNode document, KnownValues known, Map<String, List<JsonNode>> fit) {
        this.document = document;
        this.known = known;
        this.fit = fit;
    }

    JsonNode of(JsonNode schema, String name, Random random) {
        List<JsonNode> better = fit.getOrDefault(name, List.of());
        if (!better.isEmpty() && random.nextInt(10) < 7) {
            return withKnownIds(better.get(random.nextInt(better.size())).deepCopy(), random);
        }
        if (schema.has("$ref")) {
            String reference = schema.get("$ref").asText();
            return of(document.at(reference.substring(1)), reference.substring(reference.lastIndexOf('/') + 1), random);
        }
        if (schema.has("anyOf")) {
            return of(schema.get("anyOf").get(random.nextInt(schema.get("anyOf").size())), name, random);
        }
        if (schema.has("enum")) {
            return schema.get("enum").get(random.nextInt(schema.get("enum").size()));
        }
        return switch (type(schema)) {
            case "object" -> object(schema, random);
            case "array" -> array(schema, name, random);
            case "integer" -> JSON.numberNode(integer(schema, name, random));
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "string" -> JSON.textNode(text(schema, name, random));
            default -> JSON.nullNode();
        };
    }

    /// A body of an operation: its example with ids that exist, or anything of its schema.
    JsonNode body(JsonNode described, String operation, Random random) {
        if (described.path("example").isObject() && random.nextInt(3) == 0) {
            return withKnownIds(described.get("example").deepCopy(), random);
        }
        return of(described.path("schema"), operation, random);
    }

    private JsonNode withKnownIds(JsonNode example, Random random) {
        example.properties().forEach(field -> {
            if (field.getValue().isObject()) {
                withKnownIds(field.getValue(), random);
                return;
            }
            List<JsonNode> better = fit.getOrDefault(field.getKey(), List.of());
            if (!better.isEmpty()) {
                field.setValue(better.get(random.nextInt(better.size())).deepCopy());
            } else if (field.getValue().asText().matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
                known.any(KnownValues.kindOf(field.getKey()), random).ifPresent(id -> field.setValue(JSON.textNode(id)));
            }
        });
        return example;
    }

    /// The value of a parameter.
    String parameter(JsonNode parameter, Random random) {
        return of(parameter.path("schema"), parameter.get("name").asText(), random).asText();
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        return type.isArray()
                ? StreamSupport.stream(type.spliterator(), false).map(JsonNode::asText).filter(one -> !one.equals("null")).findFirst().orElse("null")
                : type.asText("string");
    }

    private ObjectNode object(JsonNode schema, Random random) {
        ObjectNode object = JSON.objectNode();
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        schema.path("properties").properties().forEach(property -> {
            if (required.contains(property.getKey()) || random.nextInt(3) == 0) {
                object.set(property.getKey(), of(property.getValue(), property.getKey(), random));
            }
        });
        return object;
    }

    private ArrayNode array(JsonNode schema, String name, Random random) {
        ArrayNode array = JSON.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(of(schema.path("items"), name, random));
        }
        return array;
    }

    private long integer(JsonNode schema, String name, Random random) {
        if (random.nextInt(3) > 0) {
            var seen = known.any(KnownValues.kindOf(name), random);
            if (seen.isPresent() && seen.get().matches("-?[0-9]{1,18}")) {
                return Long.parseLong(seen.get());
            }
        }
        long least = schema.path("minimum").asLong(1);
        long most = schema.path("maximum").asLong(least + 2);
        return switch (random.nextInt(12)) {
            case 0 -> least - 1;
            case 1 -> most + 1;
            case 2 -> List.of(0L, -1L, (long) Integer.MAX_VALUE, 1L + Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE).get(random.nextInt(6));
            default -> least + Math.floorMod(random.nextLong(), most - least + 1);
        };
    }

    private String text(JsonNode schema, String name, Random random) {
        if (schema.path("format").asText().equals("date-time")) {
            return Instant.now().plus(Duration.ofMinutes(random.nextInt(-2000, 500_000))).toString();
        }
        if (random.nextInt(12) > 0) {
            var seen = known.any(KnownValues.kindOf(name), random);
            if (seen.isPresent() && (!name.equals("name") || random.nextInt(6) == 0)) {
                return seen.get();
            }
        }
        return random.nextInt(4) == 0 ? Hostile.text(random) : "some " + name + " " + random.nextInt(100_000);
    }

    /// Changes one place of a body, in the tree or to what is no tree any more.
    void spoil(ObjectNode body, Random random) {
        List<String> names = new ArrayList<>();
        body.fieldNames().forEachRemaining(names::add);
        String name = names.isEmpty() ? "name" : names.get(random.nextInt(names.size()));
        switch (random.nextInt(9)) {
            case 0 -> body.remove(name);
            case 1 -> body.put(name + Hostile.text(random), 1);
            case 2 -> body.set(name, JSON.nullNode());
            case 3 -> body.set(name, JSON.arrayNode().add(body.path(name).deepCopy()).add(JSON.nullNode()));
            case 4 -> body.put(name, Hostile.text(random));
            case 5 -> body.putRawValue(name, new RawValue(monster(random)));
            case 6 -> body.set(name, JSON.objectNode().put(Hostile.text(random), true));
            case 7 -> body.put(name, random.nextBoolean());
            default -> {
                if (body.path(name) instanceof ObjectNode inner) {
                    spoil(inner, random);
                } else if (body.path(name) instanceof ArrayNode items && !items.isEmpty()) {
                    items.set(random.nextInt(items.size()), JSON.textNode(Hostile.text(random)));
                } else {
                    body.put(name, random.nextLong());
                }
            }
        }
    }

    private static String monster(Random random) {
        int deep = random.nextInt(1, 3000);
        return List.of(
                        "1e999999", "-1e-999999", "1".repeat(1001), "0." + "1".repeat(400), "1E400", "-0", "01", "+1", "NaN", "Infinity", ".5", "1.", "1.5", "\"\\x\"", "\"\\u12\"",
                        "'x'", "undefined", "", ",", "/*c*/1", "[".repeat(deep) + "]".repeat(deep), "{\"a\":".repeat(deep) + "1" + "}".repeat(deep), "[".repeat(deep),
                        "9223372036854775808", "2147483648", "\"" + "\\u0000".repeat(3) + "\"", "true false", "\"a\"\"b\"", new StringJoiner(",", "[", "]").add("1").toString(),
                        "[" + "1,".repeat(5000) + "1]")
                .get(random.nextInt(30));
    }
}
