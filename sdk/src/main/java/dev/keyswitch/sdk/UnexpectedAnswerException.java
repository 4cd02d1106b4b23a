package dev.keyswitch.sdk;

import org.jspecify.annotations.Nullable;

/// The answer arrived, but is not what Keyswitch answers: unreadable, or bytes with another digest than announced.
public final class UnexpectedAnswerException extends KeyswitchException {
    UnexpectedAnswerException(String message, String requestId, @Nullable Throwable cause) {
        super(message, requestId, cause);
    }
}
