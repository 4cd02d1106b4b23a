package dev.keyswitch.api.outbox;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Cuts a batch into parts that may be sent all at once: at most one event of each record key, and the older before the newer.
/// An event of the next wave is sent only when those of this one are acknowledged.
final class Waves {

    private List<WaitingEvent> rest;

    /// @param batch oldest first
    Waves(List<WaitingEvent> batch) {
        this.rest = batch;
    }

    boolean isEmpty() {
        return rest.isEmpty();
    }

    List<WaitingEvent> next() {
        List<WaitingEvent> wave = new ArrayList<>();
        List<WaitingEvent> later = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (WaitingEvent event : rest) {
            boolean first = taken.add(event.topic() + "/" + event.recordKey());
            (first ? wave : later).add(event);
        }
        rest = later;
        return wave;
    }
}
