package dev.keyswitch.sdk;

import org.jspecify.annotations.Nullable;

/// Anything that can go wrong in a call. The four kinds are told apart by type, so a `switch` over them is complete.
public abstract sealed class KeyswitchException extends RuntimeException
        permits ProblemException, ConnectionException, UnexpectedAnswerException, EvaluationKeyNotReadyException {
    private final String requestId;

    KeyswitchException(String message, String requestId, @Nullable Throwable cause) {
        super(message, cause);
        this.requestId = requestId;
    }

    /// By this the server's log can be searched. It is the server's own id where there was an answer, and the one sent
    /// along as `X-Request-Id` where there was none.
    public String requestId() {
        return requestId;
    }
}
