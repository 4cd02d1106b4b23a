package dev.keyswitch.contract.problem;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// Every kind of refusal, with its HTTP status and a title. The code on the wire is the name in lower case with hyphens;
/// the `type` of a problem is `https://keyswitch.dev/problems/` and the code.
public enum ProblemCode {
    MALFORMED_REQUEST(400, "The request cannot be read"),
    UNAUTHENTICATED(401, "A valid credential is needed"),
    FORBIDDEN(403, "This credential may not do that"),
    NOT_FOUND(404, "There is no such thing"),
    METHOD_NOT_ALLOWED(405, "This method is not allowed here"),
    NOT_ACCEPTABLE(406, "No acceptable representation"),
    UNSUPPORTED_MEDIA_TYPE(415, "This media type is not supported"),
    INVALID_FIELDS(422, "Some fields are not valid"),
    PAYLOAD_TOO_LARGE(413, "The body is too large"),
    RANGE_NOT_SATISFIABLE(416, "The range lies outside the content"),

    MODEL_NAME_TAKEN(409, "Another model has this name"),
    MODEL_HAS_TOKENS(409, "Tokens are assigned to this model"),
    MODEL_INACTIVE(409, "The model is inactive"),
    TOKEN_ALREADY_ASSIGNED(409, "The token is assigned to another model"),
    TOKEN_NOT_ASSIGNED_THERE(409, "The token is not assigned to that model"),
    TOKEN_NOT_USABLE(409, "The token is canceled or expired"),
    HOLDER_WITHOUT_ROOT_KEY(409, "The key holder has no root key fingerprint yet"),
    HOLDER_MISMATCH(409, "The root key is not the one of this key holder"),
    GENERATION_OUTDATED(409, "A newer generation is asked for"),
    EVALUATION_KEY_CLAIMED(409, "Another worker makes this evaluation key"),
    EVALUATION_KEY_STATE(409, "The evaluation key is not in a state for that"),
    ATTEMPT_OUTDATED(409, "A newer attempt has taken over"),
    UPLOAD_OFFSET_MISMATCH(409, "The offset is not where the upload stands"),
    UPLOAD_INCOMPLETE(409, "Bytes are missing"),
    CONFLICT(409, "The request is in conflict with the present state"),
    IDEMPOTENCY_IN_PROGRESS(409, "A call with this idempotency key is being worked on"),
    IDEMPOTENCY_KEY_REUSED(422, "This idempotency key belongs to another call"),
    EVALUATION_KEY_REFUSED(422, "The uploaded evaluation key is not what was asked for"),
    EVENTS_NOT_KEPT(410, "These events are no longer kept"),
    PRECONDITION_FAILED(412, "It has changed in the meantime"),
    RATE_LIMITED(429, "Too many requests"),
    INTERNAL(500, "Something went wrong on our side"),
    UNAVAILABLE(503, "The service is not ready");

    private final int status;
    private final String title;

    ProblemCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /// The code on the wire, for example `token-already-assigned`.
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// @throws IllegalArgumentException if there is no such code
    @JsonCreator
    public static ProblemCode ofCode(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
