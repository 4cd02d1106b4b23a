package dev.keyswitch.standalone.up;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/// How long the parts of a start took. Parts may be measured by several threads.
public final class Stopwatch {

    private final long begin = System.nanoTime();
    private final Map<String, Duration> laps = Collections.synchronizedMap(new LinkedHashMap<>());

    <T> T measure(String part, Callable<T> work) throws Exception {
        long start = System.nanoTime();
        T result = work.call();
        laps.put(part, Duration.ofNanos(System.nanoTime() - start));
        return result;
    }

    /// Part → time, in the order in which they ended.
    public Map<String, Duration> laps() {
        synchronized (laps) {
            return new LinkedHashMap<>(laps);
        }
    }

    public Duration sinceBegin() {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
