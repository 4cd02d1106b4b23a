package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.http.Fields;
import dev.keyswitch.api.problem.ProblemException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Rules for fields that only bodies about evaluation keys have; the pointer says where in the body.
final class Require {

    private static final int REASON = 500;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private Require() {}

    static <N extends Number> N between(String pointer, @Nullable N value, long least, long most) {
        N number = Fields.required(pointer, value);
        if (number.longValue() < least || number.longValue() > most) {
            throw ProblemException.invalid(pointer, "must be " + least + " to " + most);
        }
        return number;
    }

    /// A sentence or a few, for people.
    static String reason(String pointer, @Nullable String value) {
        String reason = Fields.text(pointer, Fields.required(pointer, value), REASON).strip();
        if (reason.isEmpty()) {
            throw ProblemException.invalid(pointer, "must not be empty");
        }
        return reason;
    }

    /// 32 bytes in lower-case hex: a SHA-256, an HMAC of it, a fingerprint.
    static String hex(String pointer, @Nullable String value) {
        String hex = Fields.required(pointer, value);
        if (!SHA256.matcher(hex).matches()) {
            throw ProblemException.invalid(pointer, "must be 64 hexadecimal digits in lower case");
        }
        return hex;
    }
}
