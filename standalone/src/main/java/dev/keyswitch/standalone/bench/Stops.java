package dev.keyswitch.standalone.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// How often a thread that does nothing but look at the clock, one for each processor, finds that it was stopped: by other programs, by the kernel, or by
/// the host of a virtual machine. No figure in milliseconds can be better than this.
///
/// @param count of stops longer than [#SHORTEST]
/// @param share of the time of all processors
record Stops(int count, double share, Duration longest) {

    private static final Duration SHORTEST = Duration.ofNanos(500_000);

    static Stops during(Duration time) throws Exception {
        int processors = Runtime.getRuntime().availableProcessors();
        Callable<Stops> watcher = () -> watch(time);
        try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("stops-", 1).factory())) {
            List<Future<Stops>> watching = IntStream.range(0, processors).mapToObj(i -> threads.submit(watcher)).toList();
            Stops all = new Stops(0, 0, Duration.ZERO);
            for (Future<Stops> one : watching) {
                Stops stops = one.get();
                all = new Stops(
                        all.count + stops.count,
                        all.share + stops.share / processors,
                        all.longest.compareTo(stops.longest) > 0 ? all.longest : stops.longest);
            }
            return all;
        }
    }

    private static Stops watch(Duration time) {
        int count = 0;
        long total = 0;
        long longest = 0;
        long begin = System.nanoTime();
        long before = begin;
        while (before - begin < time.toNanos()) {
            long now = System.nanoTime();
            long stopped = now - before;
            if (stopped > SHORTEST.toNanos()) {
                count++;
                total += stopped;
                longest = Math.max(longest, stopped);
            }
            before = now;
        }
        return new Stops(count, (double) total / time.toNanos(), Duration.ofNanos(longest));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "stopped %d times, %.2f %% of the time, longest %.1f ms", count, 100 * share, longest.toNanos() / 1e6);
    }
}
