package dev.keyswitch.console.access;

import dev.keyswitch.console.page.FieldProblems;
import dev.keyswitch.console.session.Form;
import dev.keyswitch.contract.holder.ChangeHolder;
import dev.keyswitch.contract.holder.CreateHolder;
import dev.keyswitch.contract.holder.Holder;
import dev.keyswitch.sdk.ProblemException;
import dev.keyswitch.sdk.Versioned;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The form that adds or changes a key holder: texts as they were typed.
///
/// @param rootFingerprint empty: not known yet
/// @param tag of the holder as it was when the form was made; empty for a new one
public record HolderForm(String name, String rootFingerprint, String tag) {

    private static final Map<String, String> FIELD_OF = Map.of("/name", "name", "/rootFingerprint", "rootFingerprint");

    static HolderForm fresh() {
        return new HolderForm("", "", "");
    }

    static HolderForm of(Versioned<Holder> read) {
        return new HolderForm(read.value().name(), "", read.tag());
    }

    static HolderForm of(Form form) {
        return new HolderForm(form.text("name"), fingerprint(form.text("rootFingerprint")), form.text("tag"));
    }

    /// As the API has it: people copy fingerprints with spaces, and some tools write capitals.
    static String fingerprint(String typed) {
        return typed.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
    }

    /// The same texts over a holder that was read anew.
    HolderForm over(Versioned<Holder> read) {
        return new HolderForm(name, rootFingerprint, read.tag());
    }

    CreateHolder creation() {
        return new CreateHolder(name, fingerprintOrNull());
    }

    /// What differs from the holder.
    ChangeHolder change(Holder holder) {
        return new ChangeHolder(name.equals(holder.name()) ? null : name, fingerprintOrNull());
    }

    private @Nullable String fingerprintOrNull() {
        return rootFingerprint.isEmpty() ? null : rootFingerprint;
    }

    static FieldProblems problems(ProblemException refusal) {
        return FieldProblems.of(refusal, FIELD_OF);
    }

    /// Tells what somebody else has made of the holder meanwhile.
    static FieldProblems overtaken(Holder now, ProblemException refusal) {
        return new FieldProblems(
                Map.of(),
                "Not saved: meanwhile somebody changed this key holder. Its name is “" + now.name() + "” now, and its root key is "
                        + (now.rootFingerprint() == null ? "not set" : "set")
                        + ". What you typed is still here. Save again to put it in that place.",
                refusal.requestId());
    }
}
