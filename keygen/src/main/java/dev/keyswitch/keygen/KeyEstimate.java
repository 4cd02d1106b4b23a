package dev.keyswitch.keygen;

import java.time.Duration;

/// What an evaluation key will cost, before it is made. The size is exact; the time is an estimate: the work counted, times the speed of
/// some machine. Expect it to be right within a factor of two on an idle machine like the one the speed was measured on, once the virtual
/// machine is warm; the first key of a process takes longer.
///
/// @param sizeBytes exactly what will be written
/// @param keySwitchingKeys relinearisation key (if any) plus one per rotation
/// @param components ciphertexts in all of them together
/// @param generation on one thread
public record KeyEstimate(long sizeBytes, int keySwitchingKeys, int components, Duration generation) {

    /// With the speed of [GenerationSpeed#REFERENCE].
    public static KeyEstimate of(KeyProfile profile) {
        return of(profile, GenerationSpeed.REFERENCE);
    }

    public static KeyEstimate of(KeyProfile profile, GenerationSpeed speed) {
        EvaluationKeyLayout layout = profile.layout();
        return new KeyEstimate(
                layout.sizeBytes(), layout.keySwitchingKeys(), layout.components(), speed.duration(profile));
    }
}
