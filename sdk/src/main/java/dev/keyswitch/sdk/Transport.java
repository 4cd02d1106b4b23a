package dev.keyswitch.sdk;

/// Carries one call to the server and its answer back, whatever its status. Thread-safe.
interface Transport {
    /// @throws ConnectionException if no whole answer arrived
    Answer send(Call call);
}
