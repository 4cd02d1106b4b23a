package dev.keyswitch.standalone.up;

/// The system cannot be started like this; the message is one line for the person who tried.
public final class RefusedStartException extends RuntimeException {

    public RefusedStartException(String sentence) {
        super(sentence);
    }
}
