package dev.keyswitch.api.openapi;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyswitch.contract.model.Rotations;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// JSON Schemas of the records of the contract. A record that is met becomes a component, and is referred to.
final class Schemas {

    private final ObjectMapper json;
    private final JsonNode rules;
    private final Map<String, ObjectNode> components = new TreeMap<>();

    /// @param rules by record, what its types cannot tell: fields that are needed, lengths, descriptions
    Schemas(ObjectMapper json, JsonNode rules) {
        this.json = json;
        this.rules = rules;
    }

    Map<String, ObjectNode> components() {
        return components;
    }

    ObjectNode of(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic(generic);
        }
        Class<?> raw = (Class<?>) type;
        if (Rotations.class.isAssignableFrom(raw)) {
            return rotations();
        }
        if (raw.isRecord()) {
            return reference(raw.getSimpleName(), raw);
        }
        return raw.isEnum() ? enumeration(raw) : simple(raw);
    }

    private ObjectNode generic(ParameterizedType type) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] arguments = type.getActualTypeArguments();
        if (raw.isRecord()) {
            String name = raw.getSimpleName() + "Of" + ((Class<?>) arguments[0]).getSimpleName();
            return reference(name, raw, arguments[0]);
        }
        if (Map.class.isAssignableFrom(raw)) {
            return typed("object");
        }
        ObjectNode list = typed("array");
        list.set("items", of(arguments[0]));
        return list;
    }

    private ObjectNode reference(String name, Class<?> record, Type... argument) {
        if (!components.containsKey(name)) {
            ObjectNode schema = typed("object");
            components.put(name, schema);
            fill(schema, record, argument);
            merge(schema, rules.path(name));
        }
        return json.createObjectNode().put("$ref", "#/components/schemas/" + name);
    }

    private void fill(ObjectNode schema, Class<?> record, Type... argument) {
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = json.createArrayNode();
        for (RecordComponent component : record.getRecordComponents()) {
            if (hasAnyGetter(component)) {
                schema.put("additionalProperties", true);
                continue;
            }
            boolean nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            Type type = argument.length == 0 ? component.getGenericType() : resolved(component.getGenericType(), argument[0]);
            String name = name(component);
            properties.set(name, nullable ? orNull(of(type)) : of(type));
            if (!nullable) {
                required.add(name);
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
    }

    /// Pages and previews have a type parameter: for one thing, or for a list of them.
    private static Type resolved(Type type, Type argument) {
        if (type instanceof TypeVariable<?>) {
            return argument;
        }
        return type instanceof ParameterizedType list && list.getActualTypeArguments()[0] instanceof TypeVariable<?>
                ? new ListOf(argument)
                : type;
    }

    private record ListOf(Type item) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return new Type[] {item};
        }

        @Override
        public Type getRawType() {
            return List.class;
        }

        @Override
        public @Nullable Type getOwnerType() {
            return null;
        }
    }

    private ObjectNode orNull(ObjectNode schema) {
        if (schema.path("type").isTextual()) {
            String type = schema.get("type").asText();
            schema.putArray("type").add(type).add("null");
            if (schema.has("enum")) {
                ((ArrayNode) schema.get("enum")).addNull();
            }
            return schema;
        }
        ObjectNode either = json.createObjectNode();
        either.putArray("anyOf").add(schema).add(typed("null"));
        return either;
    }

    private ObjectNode enumeration(Class<?> type) {
        ObjectNode schema = typed("string");
        ArrayNode words = schema.putArray("enum");
        Arrays.stream(type.getEnumConstants()).forEach(constant -> words.add(json.valueToTree(constant).asText()));
        return schema;
    }

    private ObjectNode rotations() {
        ObjectNode schema = json.createObjectNode();
        ArrayNode either = schema.putArray("anyOf");
        ObjectNode words = typed("string");
        words.putArray("enum").add("NONE").add("ALL");
        ObjectNode steps = typed("array").put("minItems", 1);
        steps.set("items", typed("integer"));
        either.add(words).add(steps);
        return schema;
    }

    private ObjectNode simple(Class<?> type) {
        if (type == UUID.class) {
            return typed("string").put("format", "uuid");
        }
        if (type == Instant.class) {
            return typed("string").put("format", "date-time");
        }
        if (type == boolean.class || type == Boolean.class) {
            return typed("boolean");
        }
        if (type == double.class) {
            return typed("number").put("format", "double");
        }
        if (type == long.class || type == Long.class) {
            return typed("integer").put("format", "int64");
        }
        if (type == int.class || type == Integer.class) {
            return typed("integer").put("format", "int32");
        }
        if (type == Object.class) {
            return json.createObjectNode();
        }
        if (type == String.class) {
            return typed("string");
        }
        throw new IllegalArgumentException("no schema is known for " + type);
    }

    private ObjectNode typed(String type) {
        return json.createObjectNode().put("type", type);
    }

    private static boolean hasAnyGetter(RecordComponent component) {
        return isOn(component, JsonAnyGetter.class) || isOn(component, JsonValue.class);
    }

    private static String name(RecordComponent component) {
        JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null ? component.getName() : renamed.value();
    }

    private static boolean isOn(RecordComponent component, Class<? extends java.lang.annotation.Annotation> annotation) {
        AnnotatedElement accessor = component.getAccessor();
        return accessor.isAnnotationPresent(annotation);
    }

    private static void merge(ObjectNode into, JsonNode rules) {
        for (Map.Entry<String, JsonNode> rule : rules.properties()) {
            JsonNode present = into.get(rule.getKey());
            if (present instanceof ObjectNode object && rule.getValue().isObject()) {
                merge(object, rule.getValue());
            } else {
                into.set(rule.getKey(), Objects.requireNonNull(rule.getValue()));
            }
        }
    }
}
