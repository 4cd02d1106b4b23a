package dev.keyswitch.api.problem;

import dev.keyswitch.contract.problem.FieldError;
import dev.keyswitch.contract.problem.Problem;
import dev.keyswitch.contract.problem.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The one exception for whatever is refused; thrown where the fact is known, made a [Problem] at the edge.
///
/// The detail is a sentence for the caller: it says what is wrong and, where it can, what would be right. Never a secret.
public final class ProblemException extends RuntimeException {

    private final ProblemCode code;
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private final List<FieldError> errors = new ArrayList<>();

    public ProblemException(ProblemCode code, String detail) {
        // A refusal is an answer, not a fault: no stack trace is ever looked at.
        super(detail, null, false, false);
        this.code = code;
    }

    /// Unknown, deleted and foreign things alike.
    public static ProblemException notFound(String what) {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such " + what + ".");
    }

    /// One field of the body is wrong.
    public static ProblemException invalid(String pointer, String detail) {
        return new ProblemException(ProblemCode.INVALID_FIELDS, "Not valid: " + pointer + " " + detail + ".")
                .withError(pointer, detail);
    }

    public ProblemException withFact(String name, Object value) {
        facts.put(name, value);
        return this;
    }

    public ProblemException withError(String pointer, String detail) {
        errors.add(new FieldError(pointer, detail));
        return this;
    }

    public ProblemCode code() {
        return code;
    }

    public Problem toProblem(@Nullable String requestId) {
        return Problem.of(code, Objects.requireNonNull(getMessage()), requestId, errors, facts);
    }
}
