package dev.keyswitch.api.http;

import dev.keyswitch.api.problem.ProblemException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Rules for fields of a body that many bodies have.
public final class Fields {

    private static final int MAX_NAME = 120;

    private Fields() {}

    /// A field that must be there.
    public static <T> T required(String pointer, @Nullable T value) {
        if (value == null) {
            throw ProblemException.invalid(pointer, "is needed");
        }
        return value;
    }

    /// A name: trimmed of whatever Unicode calls white space, then 1 to 120 characters of any script, in one line.
    public static String name(String pointer, @Nullable String value) {
        String name = trim(required(pointer, value));
        if (name.isEmpty()) {
            throw ProblemException.invalid(pointer, "must not be empty");
        }
        if (name.codePointCount(0, name.length()) > MAX_NAME) {
            throw ProblemException.invalid(pointer, "must have at most " + MAX_NAME + " characters");
        }
        // Names are printed in terminals, where an escape sequence would do more than be read.
        if (name.codePoints().anyMatch(Fields::breaksALine)) {
            throw ProblemException.invalid(pointer, "must not contain control characters or line breaks");
        }
        return name;
    }

    /// A longer text, which may have several lines; empty if it is not given.
    public static String text(String pointer, @Nullable String value, int maxLength) {
        if (value == null) {
            return "";
        }
        if (value.codePointCount(0, value.length()) > maxLength) {
            throw ProblemException.invalid(pointer, "must have at most " + maxLength + " characters");
        }
        if (value.codePoints().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t')) {
            throw ProblemException.invalid(pointer, "must not contain control characters but tab and line breaks");
        }
        return value;
    }

    /// A time that lies ahead.
    public static Instant future(String pointer, Instant value, Instant now) {
        if (!value.isAfter(now)) {
            throw ProblemException.invalid(pointer, "must lie in the future");
        }
        return value;
    }

    private static boolean breaksALine(int c) {
        int type = Character.getType(c);
        return Character.isISOControl(c) || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static String trim(String text) {
        int[] characters = text.codePoints().toArray();
        int start = 0;
        int end = characters.length;
        while (start < end && isSpace(characters[start])) {
            start++;
        }
        while (end > start && isSpace(characters[end - 1])) {
            end--;
        }
        return new String(characters, start, end - start);
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
