package dev.keyswitch.standalone.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Calls by several callers at once, and how long they took.
///
/// @param perSecond calls that were answered, per second
record Load(long perSecond, Percentiles times) {

    /// What one caller does again and again.
    @FunctionalInterface
    interface Call {
        void run() throws Exception;
    }

    /// Makes the call of one caller; it is closed at the end if it can be.
    @FunctionalInterface
    interface Callers {
        Call open(int number) throws Exception;
    }

    /// Everybody calls again as soon as the answer is there: says how much there can be.
    static Load closed(int callers, Duration time, Callers open) throws Exception {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        return run(callers, open, begin, (call, times) -> {
            while (System.nanoTime() < end) {
                long start = System.nanoTime();
                call.run();
                times.add(Duration.ofNanos(System.nanoTime() - start));
            }
        });
    }

    /// As many calls as there are, each by whoever is free next.
    static Load all(int callers, long calls, Callers open) throws Exception {
        AtomicLong next = new AtomicLong();
        return run(callers, open, System.nanoTime(), (call, times) -> {
            while (next.getAndIncrement() < calls) {
                long start = System.nanoTime();
                call.run();
                times.add(Duration.ofNanos(System.nanoTime() - start));
            }
        });
    }

    /// A call is due every 1/`rate` s, whether or not those before it are answered, and its time counts from when it was due: whoever waits for a
    /// free caller waits, too.
    static Load open(int callers, int rate, Duration time, Callers open) throws Exception {
        long begin = System.nanoTime() + Duration.ofMillis(50).toNanos();
        long calls = rate * time.toMillis() / 1000;
        AtomicLong next = new AtomicLong();
        return run(callers, open, begin, (call, times) -> {
            for (long i = next.getAndIncrement(); i < calls; i = next.getAndIncrement()) {
                long due = begin + i * 1_000_000_000L / rate;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                call.run();
                times.add(Duration.ofNanos(System.nanoTime() - due));
            }
        });
    }

    @FunctionalInterface
    private interface Caller {
        void go(Call call, List<Duration> times) throws Exception;
    }

    private static Load run(int callers, Callers open, long begin, Caller caller) throws Exception {
        List<Duration> times = new ArrayList<>();
        try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("caller-", 1).factory())) {
            List<Call> calls = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                calls.add(open.open(i));
            }
            List<Future<List<Duration>>> running = new ArrayList<>();
            for (Call call : calls) {
                running.add(threads.submit(() -> {
                    List<Duration> own = new ArrayList<>();
                    caller.go(call, own);
                    return own;
                }));
            }
            for (Future<List<Duration>> one : running) {
                times.addAll(one.get());
            }
        }
        return new Load(Math.round(times.size() / ((System.nanoTime() - begin) / 1e9)), Percentiles.of(times));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,6d/s  %s", perSecond, times);
    }
}
