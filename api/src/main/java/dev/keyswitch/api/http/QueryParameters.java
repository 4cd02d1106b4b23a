package dev.keyswitch.api.http;

import dev.keyswitch.api.Id;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.contract.problem.ProblemCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The query of one request, read as strictly as a body: every parameter known, given once, and of its kind. Controllers take
/// it as a parameter, take what they know out of it, and then call [#refuseOthers].
public final class QueryParameters {

    /// Of every change; whoever changes something need not read it.
    public static final String DRY_RUN = "dryRun";

    /// As many as fit into the first line of a request.
    private static final int MOST_IDS = 100;

    private static final int MAX_LIMIT = 200;
    private static final int DEFAULT_LIMIT = 50;

    private final Map<String, List<String>> rest;

    QueryParameters(Map<String, List<String>> sent) {
        this.rest = new HashMap<>(sent);
    }

    /// Null if it is not given, or empty.
    public @Nullable String text(String name, int maxLength) {
        List<String> values = rest.remove(name);
        if (values == null || values.equals(List.of(""))) {
            return null;
        }
        if (values.size() != 1) {
            throw refused(name, "must be given once");
        }
        String value = values.getFirst();
        if (!StrictText.isStorable(value)) {
            throw refused(name, "must not contain the character NUL or half a surrogate pair");
        }
        if (value.codePointCount(0, value.length()) > maxLength) {
            throw refused(name, "must have at most " + maxLength + " characters");
        }
        return value;
    }

    public @Nullable Boolean flag(String name) {
        String value = text(name, 10);
        return switch (value) {
            case null -> null;
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(name, "must be true or false");
        };
    }

    public @Nullable UUID id(String name) {
        String value = text(name, 100);
        return value == null ? null : id(name, value);
    }

    private static UUID id(String name, String value) {
        try {
            return Id.parse(value);
        } catch (IllegalArgumentException e) {
            throw refused(name, "cannot be read: " + e.getMessage());
        }
    }

    /// Ids with commas between them, [#MOST_IDS] at most; null if it is not given.
    public @Nullable Set<UUID> ids(String name) {
        String value = text(name, 40 * MOST_IDS);
        if (value == null) {
            return null;
        }
        String[] texts = value.split(",", -1);
        if (texts.length > MOST_IDS) {
            throw refused(name, "must have at most " + MOST_IDS + " ids");
        }
        return Arrays.stream(texts).map(text -> id(name, text)).collect(Collectors.toSet());
    }

    /// A time as RFC 3339 has it.
    public @Nullable Instant time(String name) {
        String value = text(name, 100);
        if (value == null) {
            return null;
        }
        try {
            return StrictInstant.read(value);
        } catch (DateTimeException e) {
            throw refused(name, "must be a time like 2026-11-23T12:00:00Z");
        }
    }

    public <E extends Enum<E>> @Nullable E choice(String name, Class<E> type) {
        String value = text(name, 100);
        if (value == null) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(value))
                .findFirst()
                .orElseThrow(() -> refused(
                        name,
                        "must be one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(Enum::name)
                                        .collect(Collectors.joining(", "))));
    }

    /// Items per page: 1 to 200, by default 50.
    public int limit() {
        String value = text("limit", 10);
        if (value == null) {
            return DEFAULT_LIMIT;
        }
        if (!value.matches("[0-9]{1,3}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > MAX_LIMIT) {
            throw refused("limit", "must be a whole number from 1 to " + MAX_LIMIT);
        }
        return Integer.parseInt(value);
    }

    /// The order of a list, by default this one.
    ///
    /// @param known those that the list can have
    public Sort sort(Sort byDefault, Set<Sort> known) {
        String value = text("sort", 20);
        return value == null
                ? byDefault
                : Sort.of(value, known).orElseThrow(() -> refused("sort", "must be one of " + Sort.words(known)));
    }

    /// Where the page begins.
    public @Nullable Cursor cursor() {
        String value = text("cursor", 2000);
        return value == null
                ? null
                : Cursor.read(value).orElseThrow(() -> refused("cursor", "must be nextCursor of the page before"));
    }

    /// Refuses whatever was not asked for: a mistyped filter would otherwise answer everything.
    public void refuseOthers() {
        if (!rest.isEmpty()) {
            throw refused(rest.keySet().iterator().next(), "is not known here");
        }
    }

    /// The refusal of one parameter.
    public static ProblemException refused(String name, String detail) {
        return new ProblemException(ProblemCode.INVALID_FIELDS, "The query parameter " + name + " " + detail + ".");
    }
}
