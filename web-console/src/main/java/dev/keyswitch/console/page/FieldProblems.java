package dev.keyswitch.console.page;

import dev.keyswitch.contract.problem.FieldError;
import dev.keyswitch.sdk.ProblemException;
import io.micronaut.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is wrong with a submitted form: sentences by field, and one for the form as a whole.
///
/// @param requestId by which the API's log can be searched; null if the API was not asked
public record FieldProblems(Map<String, String> byField, @Nullable String whole, @Nullable String requestId) {

    public FieldProblems {
        byField = Map.copyOf(byField);
    }

    public static FieldProblems none() {
        return new FieldProblems(Map.of(), null, null);
    }

    public static FieldProblems of(String field, String sentence) {
        return new FieldProblems(Map.of(field, sentence), null, null);
    }

    /// From a refusal: each pointer that `fieldOf` knows becomes a sentence at its field, the rest one for the whole.
    ///
    /// @param fieldOf names of form fields by JSON pointer of the API's body
    public static FieldProblems of(ProblemException refusal, Map<String, String> fieldOf) {
        Map<String, String> byField = new LinkedHashMap<>();
        StringBuilder rest = new StringBuilder();
        for (FieldError error : refusal.problem().errors()) {
            String field = fieldOf.get(error.pointer());
            if (field == null) {
                rest.append(rest.isEmpty() ? "" : " ").append(error.detail());
            } else {
                byField.merge(field, error.detail(), (one, other) -> one + " " + other);
            }
        }
        if (byField.isEmpty() && rest.isEmpty()) {
            rest.append(refusal.getMessage());
        }
        return new FieldProblems(byField, rest.isEmpty() ? null : rest.toString(), refusal.requestId());
    }

    /// The status of the page that tells a refusal at the fields of a form.
    ///
    /// @throws ProblemException `refusal`, if it is one of those that are a page of their own
    public static HttpStatus status(ProblemException refusal) {
        if (refusal.status() != 409 && refusal.status() != 422) {
            throw refusal;
        }
        return HttpStatus.valueOf(refusal.status());
    }

    public boolean isEmpty() {
        return byField.isEmpty() && whole == null;
    }

    /// The sentence at a field; null if there is none.
    public @Nullable String at(String field) {
        return byField.get(field);
    }
}
