package dev.keyswitch.console.token;

import dev.keyswitch.console.page.FieldProblems;
import dev.keyswitch.console.session.Form;
import dev.keyswitch.contract.token.ChangeToken;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.sdk.ProblemException;
import dev.keyswitch.sdk.Versioned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// The form that changes what is said about a token: texts as they were typed.
///
/// @param tag of the token as it was when the form was made: a change by somebody else in between is noticed
public record TokenEdit(String name, String note, String custody, String holderId, String tag) {

    private static final Map<String, String> FIELD_OF =
            Map.of("/name", "name", "/note", "note", "/custody", "custody", "/holderId", "holderId");

    static TokenEdit of(Versioned<Token> read) {
        Token token = read.value();
        return new TokenEdit(
                token.name(), token.note(), token.custody().name(), token.holderId().toString(), read.tag());
    }

    static TokenEdit of(Form form) {
        return new TokenEdit(
                form.text("name"), form.text("note"), form.text("custody"), form.text("holderId"), form.text("tag"));
    }

    /// The same texts over a token that was read anew.
    TokenEdit over(Versioned<Token> read) {
        return new TokenEdit(name, note, custody, holderId, read.tag());
    }

    public boolean isCustody(String value) {
        return custody.equals(value);
    }

    /// What differs from the token.
    ///
    /// @throws IllegalArgumentException if a choice is none of those offered
    ChangeToken change(Token token) {
        ChangeToken change = ChangeToken.nothing()
                .name(name.equals(token.name()) ? null : name)
                .note(note.equals(token.note()) ? null : note);
        if (!custody.isEmpty() && !custody.equals(token.custody().name())) {
            change = change.custody(Custody.valueOf(custody));
        }
        if (!holderId.isEmpty() && !holderId.equals(token.holderId().toString())) {
            change = change.holderId(UUID.fromString(holderId));
        }
        return change;
    }

    static FieldProblems problems(ProblemException refusal) {
        return FieldProblems.of(refusal, FIELD_OF);
    }

    /// Tells what somebody else has made of the token meanwhile.
    FieldProblems overtaken(Token now, ProblemException refusal) {
        List<String> differences = new ArrayList<>();
        if (!Objects.equals(now.name(), name)) {
            differences.add("its name is “" + now.name() + "” now");
        }
        if (!Objects.equals(now.note(), note)) {
            differences.add(now.note().isEmpty() ? "it has no note now" : "its note is “" + now.note() + "” now");
        }
        String what = differences.isEmpty() ? "" : ": " + String.join("; ", differences);
        return new FieldProblems(
                Map.of(),
                "Not saved: meanwhile somebody changed this token" + what
                        + ". What you typed is still here. Save again to put it in that place.",
                refusal.requestId());
    }
}
