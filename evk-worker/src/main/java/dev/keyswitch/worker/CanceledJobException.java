package dev.keyswitch.worker;

import java.io.IOException;

/// The work is not wanted any more: a newer generation, a lost lease, or the worker stops.
final class CanceledJobException extends IOException {

    CanceledJobException(String reason) {
        super(reason);
    }
}
