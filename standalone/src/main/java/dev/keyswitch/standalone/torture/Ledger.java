package dev.keyswitch.standalone.torture;

import dev.keyswitch.contract.token.PendingReassignment;
import dev.keyswitch.contract.token.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/// What callers were promised. The generation of a token only rises, so a promise names the moment it is about: a call that got no
/// answer may still be carried out after a later one that did.
final class Ledger {

    /// What an answer said about a token.
    sealed interface Promise {

        UUID token();

        long generation();

        /// As of this generation the token belongs to this model, or to none.
        record Belongs(UUID token, long generation, Optional<UUID> model) implements Promise {}

        /// When the key of this generation is READY, the token belongs to this model, unless something newer is wanted by then.
        record WillMove(UUID token, long generation, UUID model) implements Promise {}
    }

    private final Map<UUID, String> values = new ConcurrentHashMap<>();
    private final Map<UUID, List<String>> formerValues = new ConcurrentHashMap<>();
    private final Set<UUID> rolledUnanswered = ConcurrentHashMap.newKeySet();
    private final Queue<Promise> promises = new ConcurrentLinkedQueue<>();
    private final AtomicLong unanswered = new AtomicLong();

    void created(UUID token, String value) {
        values.put(token, value);
    }

    void answered(Token token) {
        PendingReassignment move = token.pendingReassignment();
        promises.add(
                move == null
                        ? new Promise.Belongs(token.id(), token.generation(), Optional.ofNullable(token.modelId()))
                        : new Promise.WillMove(token.id(), move.generation(), move.modelId()));
    }

    /// The token has another value, and those before are dead.
    void rolled(UUID token, String value) {
        formerValues.computeIfAbsent(token, id -> new CopyOnWriteArrayList<>()).add(value(token));
        values.put(token, value);
        rolledUnanswered.remove(token);
    }

    /// Nobody knows which value is good until the next roll.
    void rollUnanswered(UUID token) {
        rolledUnanswered.add(token);
        unanswered();
    }

    boolean isValueKnown(UUID token) {
        return !rolledUnanswered.contains(token);
    }

    /// Values that a roll has replaced.
    List<String> formerValues(UUID token) {
        return formerValues.getOrDefault(token, List.of());
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
