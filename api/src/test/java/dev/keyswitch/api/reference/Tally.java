package dev.keyswitch.api.reference;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// How often each kind of step came to each end: what chance has reached, and what it has not. For many threads.
final class Tally {

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    void add(Step step, Verdict verdict) {
        count(step instanceof Step.Preview preview ? "Preview of " + name(preview.of()) : name(step), verdict);
    }

    void add(Step.Line line, Verdict verdict) {
        count("Line " + line.operation(), verdict);
    }

    private void count(String what, Verdict verdict) {
        counts.computeIfAbsent(what + " " + (verdict.code() == null ? verdict.status() : verdict.code()), _ -> new LongAdder()).increment();
    }

    private static String name(Step step) {
        return step.getClass().getSimpleName();
    }

    /// By step and end, in words: `Complete attempt-outdated`.
    Map<String, LongAdder> counts() {
        return new TreeMap<>(counts);
    }
}
