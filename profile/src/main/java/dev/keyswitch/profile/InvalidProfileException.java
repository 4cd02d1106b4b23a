package dev.keyswitch.profile;

/// An encryption profile that no evaluation key can be made for.
public final class InvalidProfileException extends IllegalArgumentException {

    private final String field;

    InvalidProfileException(String field, String sentence) {
        super(sentence);
        this.field = field;
    }

    /// Name of the field of the profile that is wrong.
    public String field() {
        return field;
    }
}
