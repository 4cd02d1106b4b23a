package dev.keyswitch.worker;

/// The worker cannot work like this, and waiting does not help.
public final class WorkerRefusedException extends RuntimeException {

    WorkerRefusedException(String sentence) {
        super(sentence);
    }

    WorkerRefusedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
