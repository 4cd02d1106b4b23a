package dev.keyswitch.api.outbox;

/// Another relay has begun its term: nothing of this one is published any more.
final class FencedException extends RuntimeException {

    FencedException(Throwable cause) {
        super("another relay has taken over", cause);
    }
}
