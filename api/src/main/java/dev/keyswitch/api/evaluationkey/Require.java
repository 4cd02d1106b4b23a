package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.problem.ProblemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What fields of a body must be; the pointer says where in it.
final class Require {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private Require() {}

    static <T> T present(String pointer, @Nullable T value) {
        if (value == null) {
            throw ProblemException.invalid(pointer, "is missing");
        }
        return value;
    }

    static <N extends Number> N between(String pointer, @Nullable N value, long least, long most) {
        N number = present(pointer, value);
        if (number.longValue() < least || number.longValue() > most) {
            throw ProblemException.invalid(pointer, "must be " + least + " to " + most);
        }
        return number;
    }

    /// Trimmed; counted in characters as people count them.
    static String text(String pointer, @Nullable String value, int longest) {
        String text = present(pointer, value).strip();
        if (text.isEmpty() || text.codePointCount(0, text.length()) > longest) {
            throw ProblemException.invalid(pointer, "must have 1 to " + longest + " characters");
        }
        return text;
    }

    /// 32 bytes in lower-case hex: a SHA-256, an HMAC of it, a fingerprint.
    static String hex(String pointer, @Nullable String value) {
        String hex = present(pointer, value);
        if (!SHA256.matcher(hex).matches()) {
            throw ProblemException.invalid(pointer, "must be 64 hexadecimal digits in lower case");
        }
        return hex;
    }
}
