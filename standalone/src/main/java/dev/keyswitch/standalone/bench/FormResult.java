package dev.keyswitch.standalone.bench;

import dev.keyswitch.keygen.GenerationStage;
import dev.keyswitch.keygen.KeyForm;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was measured for one form of one profile. Milliseconds are per key-switching key: the best run and the median of all.
///
/// @param wholeSet one thread with SEAL's whole default set of keys
/// @param twoThreads with the same
/// @param seal null if there was nothing to compare with
/// @param shares of the time of one thread
record FormResult(
        BenchProfile profile,
        KeyForm form,
        Timing oneThread,
        Timing wholeSet,
        Timing twoThreads,
        @Nullable Timing seal,
        double componentsPerSecond,
        double megabytesPerSecond,
        Map<GenerationStage, Double> shares) {

    record Timing(double bestMs, double medianMs) {

        /// @param milliseconds of at least one run
        static Timing of(List<Double> milliseconds, int keys) {
            List<Double> sorted = milliseconds.stream().sorted().toList();
            return new Timing(sorted.getFirst() / keys, sorted.get(sorted.size() / 2) / keys);
        }
    }

    double scaling() {
        return wholeSet.bestMs() / twoThreads.bestMs();
    }

    /// How many times as long SEAL takes, best run against best run.
    @Nullable Double ratio() {
        return seal == null ? null : seal.bestMs() / oneThread.bestMs();
    }
}
