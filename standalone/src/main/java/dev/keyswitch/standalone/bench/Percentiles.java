package dev.keyswitch.standalone.bench;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// How times are distributed.
record Percentiles(int count, double p50, double p95, double p99, double longest) {

    /// @param times at least one
    static Percentiles of(Collection<Duration> times) {
        List<Duration> sorted = times.stream().sorted().toList();
        return new Percentiles(
                sorted.size(), millis(sorted, 0.50), millis(sorted, 0.95), millis(sorted, 0.99), millis(sorted, 1));
    }

    private static double millis(List<Duration> sorted, double share) {
        int index = (int) Math.ceil(share * sorted.size()) - 1;
        return sorted.get(Math.max(0, index)).toNanos() / 1e6;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "p50 %.1f  p95 %.1f  p99 %.1f  longest %.1f ms  (%d)", p50, p95, p99, longest, count);
    }
}
