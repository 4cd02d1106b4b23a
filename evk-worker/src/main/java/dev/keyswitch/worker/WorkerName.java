package dev.keyswitch.worker;

import java.security.SecureRandom;
import java.util.HexFormat;

/// What a worker calls itself.
///
/// @param isStable nobody else who runs has it, and it survives a restart: a lease under it belongs to this worker or to its
///     dead predecessor
record WorkerName(String text, boolean isStable) {

    static WorkerName stable(String name) {
        return new WorkerName(name, true);
    }

    /// A name of this process alone. Not its number, which is the same in every container.
    static WorkerName passing() {
        byte[] random = new byte[4];
        new SecureRandom().nextBytes(random);
        return new WorkerName("worker-" + HexFormat.of().formatHex(random), false);
    }
}
