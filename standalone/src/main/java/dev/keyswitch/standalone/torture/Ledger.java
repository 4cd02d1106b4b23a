package dev.keyswitch.standalone.torture;

import dev.keyswitch.contract.token.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// What callers were promised. The generation of a token only rises, so a promise names the moment it is about: a call that got no
/// answer may still be carried out after a later one that did.
final class Ledger {

    /// As of this generation the token belongs to this model, or to none.
    record Promise(UUID token, long generation, Optional<UUID> model) {}

    private final Map<UUID, String> values = new ConcurrentHashMap<>();
    private final Queue<Promise> promises = new ConcurrentLinkedQueue<>();
    private final AtomicLong unanswered = new AtomicLong();

    void created(UUID token, String value) {
        values.put(token, value);
    }

    void answered(Token token) {
        promises.add(new Promise(token.id(), token.generation(), Optional.ofNullable(token.modelId())));
    }

    void unanswered() {
        unanswered.incrementAndGet();
    }

    List<UUID> tokens() {
        return new ArrayList<>(values.keySet());
    }

    List<Promise> promises() {
        return List.copyOf(promises);
    }

    String value(UUID token) {
        return values.getOrDefault(token, "");
    }

    long unansweredCalls() {
        return unanswered.get();
    }
}
