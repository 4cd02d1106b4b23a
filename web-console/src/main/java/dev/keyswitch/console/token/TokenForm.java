package dev.keyswitch.console.token;

import dev.keyswitch.console.page.FieldProblems;
import dev.keyswitch.console.session.Form;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.sdk.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The form that creates a token: texts as they were typed, and what they mean.
///
/// @param days one of [#PRESETS], or `custom`
/// @param modelId empty: unassigned
/// @param modelName what the field shows
public record TokenForm(
        String name, String note, String days, String customDays, String modelId, String modelName) {

    public static final List<Integer> PRESETS = List.of(7, 30, 60, 90);

    private static final String CUSTOM = "custom";
    private static final Map<String, String> FIELD_OF = Map.of(
            "/name", "name",
            "/note", "note",
            "/expiresInDays", "customDays",
            "/expiresAt", "customDays",
            "/modelId", "modelId");

    static TokenForm fresh(String name) {
        return new TokenForm(name, "", "30", "", "", "");
    }

    static TokenForm of(Form form) {
        return new TokenForm(
                form.text("name"),
                form.text("note"),
                form.given("days").orElse("30"),
                form.text("customDays"),
                form.text("modelId"),
                form.text("modelName"));
    }

    public boolean isDays(String value) {
        return days.equals(value);
    }

    /// What is wrong before the API is asked.
    FieldProblems problems() {
        if (number().isEmpty()) {
            return FieldProblems.of("customDays", "Enter a number of days from 1 to 365.");
        }
        if (modelId.isEmpty() && !modelName.isEmpty()) {
            return FieldProblems.of("modelId", "Choose a model from the list, or leave the field empty.");
        }
        return FieldProblems.none();
    }

    static FieldProblems problems(ProblemException refusal) {
        return FieldProblems.of(refusal, FIELD_OF);
    }

    CreateToken request() {
        return new CreateToken(name, note, number().orElseThrow(), null, model(), null, null);
    }

    private @Nullable UUID model() {
        return modelId.isEmpty() ? null : UUID.fromString(modelId);
    }

    private Optional<Integer> number() {
        try {
            return Optional.of(Integer.valueOf(days.equals(CUSTOM) ? customDays : days));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
