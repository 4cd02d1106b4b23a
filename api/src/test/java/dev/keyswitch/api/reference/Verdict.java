package dev.keyswitch.api.reference;

import org.jspecify.annotations.Nullable;

/// How a step ends.
///
/// @param code of the problem; null if it is none
/// @param detail what else the answer must say; null if nothing
record Verdict(int status, @Nullable String code, @Nullable String detail) {

    /// The step is about an empty place, and is left out.
    static final Verdict LEFT_OUT = new Verdict(0, null, null);

    static Verdict done(int status) {
        return new Verdict(status, null, null);
    }

    static Verdict says(String detail) {
        return new Verdict(200, null, detail);
    }

    static Verdict refused(int status, String code) {
        return new Verdict(status, code, null);
    }

    boolean isGood() {
        return code == null && status > 0;
    }
}
