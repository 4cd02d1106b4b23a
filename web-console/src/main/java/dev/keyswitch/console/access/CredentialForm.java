package dev.keyswitch.console.access;

import dev.keyswitch.console.page.FieldProblems;
import dev.keyswitch.console.page.ListRequest;
import dev.keyswitch.console.session.Form;
import dev.keyswitch.contract.account.CreateCredential;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.sdk.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// The form that creates a credential: texts as they were typed.
///
/// @param holderId for AGENT alone
/// @param modelId for GATEWAY alone: the one model it may ask about; empty: all
/// @param modelName what the field shows
public record CredentialForm(String name, String role, String holderId, String modelId, String modelName) {

    private static final Map<String, String> FIELD_OF =
            Map.of("/name", "name", "/role", "role", "/holderId", "holderId", "/modelIds", "modelId");

    /// As it is shown first.
    ///
    /// @param query may say for which role, and for which key holder
    static CredentialForm begun(Form query) {
        return new CredentialForm(
                "", query.given("role").orElse(Role.OPERATOR.name()), query.text("holderId"), "", "");
    }

    static CredentialForm of(Form form) {
        return new CredentialForm(
                form.text("name"), form.text("role"), form.text("holderId"), form.text("modelId"), form.text("modelName"));
    }

    public boolean is(Role wanted) {
        return role.equals(wanted.name());
    }

    /// What is wrong before the API is asked.
    FieldProblems problems() {
        if (known().isEmpty()) {
            return FieldProblems.of("role", "Choose one of the roles.");
        }
        boolean modelChosen = modelId.isEmpty() ? modelName.isEmpty() : ListRequest.anId().test(modelId);
        if (is(Role.GATEWAY) && !modelChosen) {
            return FieldProblems.of("modelId", "Choose a model from the list, or leave the field empty.");
        }
        return is(Role.AGENT) && !ListRequest.anId().test(holderId)
                ? FieldProblems.of("holderId", "Choose one of the key holders.")
                : FieldProblems.none();
    }

    static FieldProblems problems(ProblemException refusal) {
        return FieldProblems.of(refusal, FIELD_OF);
    }

    CreateCredential request() {
        return new CreateCredential(
                name,
                known().orElseThrow(),
                is(Role.AGENT) && !holderId.isEmpty() ? UUID.fromString(holderId) : null,
                is(Role.GATEWAY) && !modelId.isEmpty() ? List.of(UUID.fromString(modelId)) : null);
    }

    private Optional<Role> known() {
        return CredentialRow.OFFERED.stream().filter(this::is).findFirst();
    }
}
