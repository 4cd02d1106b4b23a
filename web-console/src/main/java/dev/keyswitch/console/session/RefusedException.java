package dev.keyswitch.console.session;

import io.micronaut.http.HttpStatus;

/// The gate does not let a request through.
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String sentence;

    RefusedException(HttpStatus status, String sentence) {
        super(sentence);
        this.status = status;
        this.sentence = sentence;
    }

    /// Why, for people.
    public String sentence() {
        return sentence;
    }

    public HttpStatus status() {
        return status;
    }
}
