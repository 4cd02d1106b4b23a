package dev.keyswitch.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.contract.model.SealStamp;
import dev.keyswitch.contract.problem.ProblemCode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says in our words what Jackson found wrong with a body, and where.
final class UnreadableBody {

    private UnreadableBody() {}

    static ProblemException problem(JsonProcessingException found) {
        // Jackson wraps what it could not even parse in where it stood.
        if (found.getCause() instanceof StreamReadException syntax && !(syntax instanceof InputCoercionException)) {
            return problem(syntax);
        }
        if (!(found instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
            return found instanceof MismatchedInputException
                    ? malformed("The body must be one JSON object and nothing else.")
                    : malformed("The body is not valid JSON" + place(found) + ".");
        }
        String pointer = pointer(mapping.getPath());
        String detail = detail(mapping);
        return new ProblemException(ProblemCode.INVALID_FIELDS, pointer + ": " + detail + ".").withError(pointer, detail);
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(ProblemCode.MALFORMED_REQUEST, detail);
    }

    private static String place(JsonProcessingException found) {
        return found.getLocation() == null
                ? ""
                : " (line " + found.getLocation().getLineNr() + ", column "
                        + found.getLocation().getColumnNr() + ")";
    }

    private static String pointer(List<JsonMappingException.Reference> path) {
        return path.stream()
                .map(step -> step.getFieldName() == null
                        ? "/" + step.getIndex()
                        : "/" + step.getFieldName().replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }

    private static String detail(JsonMappingException found) {
        return switch (found) {
            case UnrecognizedPropertyException unknown -> "there is no such field; known here are "
                    + unknown.getKnownPropertyIds().stream()
                            .map(Object::toString)
                            .sorted()
                            .collect(Collectors.joining(", "));
            case ValueInstantiationException refused when refused.getCause() instanceof IllegalArgumentException cause ->
                    String.valueOf(cause.getMessage());
            case InvalidFormatException wrong when wrong.getTargetType().isEnum() -> "must be one of "
                    + Arrays.stream(wrong.getTargetType().getEnumConstants())
                            .map(UnreadableBody::written)
                            .collect(Collectors.joining(", "));
            // Our own readers give the whole sentence; it stands after Jackson's preamble.
            case InvalidFormatException wrong -> afterPreamble(wrong);
            case JsonMappingException wrong when wrong.getCause() instanceof InputCoercionException -> "is out of range";
            case MismatchedInputException wrong -> "must be " + expected(wrong.getTargetType());
            default -> "cannot be read";
        };
    }

    private static String written(Object constant) {
        return constant instanceof SealStamp stamp ? stamp.text() : constant.toString();
    }

    private static String afterPreamble(InvalidFormatException wrong) {
        String message = wrong.getOriginalMessage();
        int colon = message.indexOf("\": ");
        return wrong.getValue() instanceof String && colon >= 0
                ? message.substring(colon + 3)
                : "must be " + expected(wrong.getTargetType());
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "something else";
        }
        return switch (type.getSimpleName()) {
            case "String" -> "a text";
            case "Integer", "int", "Long", "long" -> "a whole number";
            case "Boolean", "boolean" -> "true or false";
            case "UUID" -> "an id";
            case "Instant" -> "a time like 2026-11-23T12:00:00Z";
            default -> type.isEnum() ? "one of the known words" : List.class.isAssignableFrom(type) ? "an array" : "an object";
        };
    }
}
