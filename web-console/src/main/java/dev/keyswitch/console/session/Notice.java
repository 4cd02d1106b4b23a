package dev.keyswitch.console.session;

/// What the next page tells its person about what was just done.
public record Notice(Kind kind, String text) {

    public enum Kind {
        DONE,
        PROBLEM
    }

    public static Notice done(String text) {
        return new Notice(Kind.DONE, text);
    }

    public static Notice problem(String text) {
        return new Notice(Kind.PROBLEM, text);
    }
}
