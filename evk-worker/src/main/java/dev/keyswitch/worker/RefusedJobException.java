package dev.keyswitch.worker;

/// The key holder does not make this evaluation key; the sentence is for the provider, so it holds no secret.
final class RefusedJobException extends RuntimeException {

    RefusedJobException(String sentence) {
        super(sentence);
    }
}
