package dev.keyswitch.sdk;

import java.time.Duration;

/// How a client waits between two tries. Tests pass one that does not.
@FunctionalInterface
public interface Sleeper {
    void sleep(Duration duration) throws InterruptedException;

    /// Waits for real.
    static Sleeper real() {
        return Thread::sleep;
    }
}
