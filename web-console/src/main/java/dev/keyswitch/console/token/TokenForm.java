package dev.keyswitch.console.token;

import dev.keyswitch.console.page.FieldProblems;
import dev.keyswitch.console.page.ListRequest;
import dev.keyswitch.console.session.Form;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.sdk.ProblemException;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The form that creates a token: texts as they were typed, and what they mean.
///
/// @param modelId empty: unassigned
/// @param modelName what the field shows
public record TokenForm(String name, String note, Expiry expiry, String modelId, String modelName) {

    private static final Map<String, String> FIELD_OF = Map.of(
            "/name", "name",
            "/note", "note",
            "/expiresInDays", "customDays",
            "/expiresAt", "customDays",
            "/modelId", "modelId");

    static TokenForm fresh(String name) {
        return new TokenForm(name, "", Expiry.fresh(), "", "");
    }

    static TokenForm of(Form form) {
        return new TokenForm(
                form.text("name"),
                form.text("note"),
                Expiry.of(form),
                form.text("modelId"),
                form.text("modelName"));
    }

    /// What is wrong before the API is asked.
    FieldProblems problems() {
        if (expiry.number().isEmpty()) {
            return FieldProblems.of("customDays", Expiry.WRONG);
        }
        if (modelId.isEmpty() ? !modelName.isEmpty() : !ListRequest.anId().test(modelId)) {
            return FieldProblems.of("modelId", "Choose a model from the list, or leave the field empty.");
        }
        return FieldProblems.none();
    }

    static FieldProblems problems(ProblemException refusal) {
        return FieldProblems.of(refusal, FIELD_OF);
    }

    CreateToken request() {
        return new CreateToken(name, note, expiry.number().orElseThrow(), null, model(), null, null);
    }

    private @Nullable UUID model() {
        return modelId.isEmpty() ? null : UUID.fromString(modelId);
    }
}
