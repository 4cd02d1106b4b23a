package dev.keyswitch.keygen;

/// A well-formed evaluation key that was not made from the given secret key, or was damaged since.
public final class KeyMismatchException extends Exception {
    public KeyMismatchException(String sentence) {
        super(sentence);
    }
}
