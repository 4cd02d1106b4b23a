package dev.keyswitch.sdk;

import org.jspecify.annotations.Nullable;

/// No whole answer arrived: the server could not be reached, was silent for longer than the time-out, or the connection
/// was cut. Retries are already used up.
public final class ConnectionException extends KeyswitchException {
    private final boolean sent;

    ConnectionException(String message, String requestId, boolean sent, @Nullable Throwable cause) {
        super(message, requestId, cause);
        this.sent = sent;
    }

    /// The thread that waited for the answer was told to stop; it is told so still.
    static ConnectionException interrupted(String requestId, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new ConnectionException("The call was interrupted", requestId, true, cause);
    }

    /// Whether the server may have received the request, and so may have done what it asked for.
    public boolean mayHaveBeenProcessed() {
        return sent;
    }
}
