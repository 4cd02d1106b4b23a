package dev.keyswitch.worker;

import org.jspecify.annotations.Nullable;

/// A record that is not an event of ours, or a broken one.
final class UnreadableRecordException extends RuntimeException {

    UnreadableRecordException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}
