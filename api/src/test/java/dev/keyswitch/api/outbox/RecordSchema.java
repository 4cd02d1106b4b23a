package dev.keyswitch.api.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The JSON schema of a record of the contract, and whether something is of that shape.
final class RecordSchema {

    private final Class<?> type;

    RecordSchema(Class<?> type) {
        this.type = type;
    }

    Map<String, Object> json() {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent field : type.getRecordComponents()) {
            properties.put(field.getName(), property(field));
            if (!isNullable(field)) {
                required.add(field.getName());
            }
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", required);
        return schema;
    }

    private static Map<String, Object> property(RecordComponent field) {
        Map<String, Object> property = new LinkedHashMap<>();
        String kind = kind(field.getType());
        property.put("type", isNullable(field) ? List.of(kind, "null") : kind);
        if (field.getType() == UUID.class) {
            property.put("format", "uuid");
        } else if (field.getType() == Instant.class) {
            property.put("format", "date-time");
        } else if (field.getType().isEnum()) {
            property.put("enum", Arrays.stream(field.getType().getEnumConstants()).map(Object::toString).toList());
        }
        return property;
    }

    private static String kind(Class<?> type) {
        if (type == long.class || type == int.class || type == Long.class || type == Integer.class) {
            return "integer";
        }
        if (type == String.class || type == UUID.class || type == Instant.class || type.isEnum()) {
            return "string";
        }
        throw new IllegalArgumentException("events carry no " + type);
    }

    private static boolean isNullable(RecordComponent field) {
        return field.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /// What does not fit; empty if it does.
    List<String> misfits(JsonNode data) {
        List<String> misfits = new ArrayList<>();
        List<String> known = new ArrayList<>();
        for (RecordComponent field : type.getRecordComponents()) {
            known.add(field.getName());
            JsonNode value = data.path(field.getName());
            boolean absent = value.isMissingNode() || value.isNull();
            if (absent ? !isNullable(field) : !fits(value, field.getType())) {
                misfits.add(field.getName() + " is " + value);
            }
        }
        for (Iterator<String> names = data.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                misfits.add(name + " is not described");
            }
        }
        return misfits;
    }

    private static boolean fits(JsonNode value, Class<?> type) {
        if (kind(type).equals("integer")) {
            return value.isIntegralNumber();
        }
        if (!value.isTextual()) {
            return false;
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants()).anyMatch(constant -> constant.toString().equals(value.asText()));
        }
        return type != UUID.class || UUID.fromString(value.asText()).toString().equals(value.asText());
    }
}
