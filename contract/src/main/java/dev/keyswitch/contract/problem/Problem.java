package dev.keyswitch.contract.problem;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Body of every refusal (RFC 9457, `application/problem+json`).
///
/// @param code stable; [ProblemCode] has those known to this version, a newer server may send others
/// @param facts further members of this problem, for example `currentModelId` of `token-already-assigned`
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @Nullable String requestId,
        List<FieldError> errors,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> facts) {

    private static final String TYPE_PREFIX = "https://keyswitch.dev/problems/";

    @SuppressWarnings("NullAway") // an answer that is not ours may lack any field
    public Problem {
        errors = errors == null ? List.of() : List.copyOf(errors);
        facts = facts == null ? Map.of() : known(facts);
    }

    /// In their order, without those that are null: a newer server may send such.
    private static Map<String, Object> known(Map<String, Object> facts) {
        Map<String, Object> known = new LinkedHashMap<>(facts);
        known.values().removeIf(Objects::isNull);
        return Collections.unmodifiableMap(known);
    }

    public static Problem of(
            ProblemCode code,
            String detail,
            @Nullable String requestId,
            List<FieldError> errors,
            Map<String, Object> facts) {
        return new Problem(
                TYPE_PREFIX + code.code(),
                code.title(),
                code.status(),
                detail,
                code.code(),
                requestId,
                errors,
                new LinkedHashMap<>(facts));
    }
}
