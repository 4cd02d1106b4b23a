package dev.keyswitch.keygen;

/// Encryption parameters or key requirements that cannot work or would not be safe.
public final class InvalidParametersException extends IllegalArgumentException {
    private final String field;

    public InvalidParametersException(String field, String sentence) {
        super(sentence);
        this.field = field;
    }

    /// Which input is wrong: `polyModulusDegree`, `coeffModulus`, `coeffModulusBits`, `plainModulus`, `plainModulusBits`,
    /// `rotations` or `relinearization`.
    public String field() {
        return field;
    }
}
