package dev.keyswitch.api;

import java.util.regex.Pattern;

/// The short name of an account, which is part of its topic names.
public final class Slug {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    private Slug() {}

    /// @throws IllegalArgumentException if it is not one
    public static String check(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("a slug has 1 to 40 lower-case letters, digits and hyphens, not first a hyphen");
        }
        return text;
    }
}
