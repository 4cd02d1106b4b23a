package dev.keyswitch.api.reference;

import dev.keyswitch.contract.event.KeyCause;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.contract.token.TokenStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A token with its keys, and all that was told and written of it. Its methods are the changes of DOMAIN.md, once they are allowed.
final class TokenState {

    boolean exists = true;
    TokenStatus status = TokenStatus.ACTIVE;
    Custody custody;
    int holder;
    boolean expired;
    @Nullable Integer model;
    long generation;
    @Nullable Long active;
    @Nullable Integer pendingModel;
    @Nullable Long pendingGeneration;
    /// Whether it has had another value, and whether that one still works.
    boolean rolled;
    boolean previousWorks;
    /// How often people changed it since it was created; what the ETag stands for.
    int changes;
    final List<KeyState> keys;
    final List<String> events;
    final List<String> audit;
    final List<String> history;

    TokenState(Custody custody) {
        this.custody = custody;
        this.keys = new ArrayList<>();
        this.events = new ArrayList<>();
        this.audit = new ArrayList<>();
        this.history = new ArrayList<>();
    }

    private TokenState(TokenState other) {
        this.exists = other.exists;
        this.status = other.status;
        this.custody = other.custody;
        this.holder = other.holder;
        this.expired = other.expired;
        this.model = other.model;
        this.generation = other.generation;
        this.active = other.active;
        this.pendingModel = other.pendingModel;
        this.pendingGeneration = other.pendingGeneration;
        this.rolled = other.rolled;
        this.previousWorks = other.previousWorks;
        this.changes = other.changes;
        this.keys = new ArrayList<>(other.keys);
        this.events = new ArrayList<>(other.events);
        this.audit = new ArrayList<>(other.audit);
        this.history = new ArrayList<>(other.history);
    }

    TokenState copy() {
        return new TokenState(this);
    }

    boolean isUsable() {
        return status != TokenStatus.CANCELED && !expired;
    }

    /// The key of the present assignment, whatever its state.
    @Nullable KeyState present() {
        return keys.reversed().stream().filter(key -> Objects.equals(key.model(), model)).findFirst().orElse(null);
    }

    @Nullable KeyState pending() {
        return keys.stream().filter(key -> Objects.equals(key.generation(), pendingGeneration)).findFirst().orElse(null);
    }

    void assign(int to, boolean other) {
        String before = place();
        moveTo(to);
        ask("token.assigned", null, to, KeyCause.ASSIGNED, AssignmentMode.IMMEDIATE, other);
        write("token.assigned", before, place());
    }

    void reassign(int to, boolean other) {
        String before = place();
        Integer from = model;
        endHistory("REASSIGNED");
        moveTo(to);
        ask("token.reassigned", from, to, KeyCause.REASSIGNED, AssignmentMode.IMMEDIATE, other);
        end(EvaluationKeyState.SUPERSEDED, key -> key.generation() != generation);
        write("token.reassigned", before, place());
    }

    void beginMove(int to, boolean other) {
        String before = place();
        Long replaced = pendingGeneration;
        generation++;
        pendingModel = to;
        pendingGeneration = generation;
        changes++;
        ask("token.reassigned", model, to, KeyCause.REASSIGNED, AssignmentMode.WHEN_READY, other);
        end(EvaluationKeyState.SUPERSEDED, key -> Objects.equals(key.generation(), replaced));
        write("token.move-requested", before, place());
    }

    void cancelMove() {
        if (pendingGeneration == null) {
            return;
        }
        String before = place();
        Long canceled = pendingGeneration;
        pendingModel = null;
        pendingGeneration = null;
        changes++;
        tell("token.updated", null);
        end(EvaluationKeyState.REVOKED, key -> Objects.equals(key.generation(), canceled));
        write("token.move-canceled", before, place());
    }

    void unassign() {
        String before = place();
        Integer from = model;
        endAssignment("UNASSIGNED");
        tell("token.unassigned", from);
        write("token.unassigned", before, place());
    }

    void delete() {
        String before = words();
        Integer from = model;
        if (model != null) {
            endAssignment("DELETED");
        }
        exists = false;
        tell("token.deleted", from);
        audit.add("token.deleted " + before + " -> ");
    }

    void renewKey(KeyCause cause, boolean other) {
        String before = place();
        generation++;
        active = null;
        changes++;
        requested(request(Objects.requireNonNull(model), other), cause);
        end(EvaluationKeyState.SUPERSEDED, key -> key.generation() != generation && !Objects.equals(key.generation(), pendingGeneration));
        write("token.key-renewed", before, place());
    }

    void renewMove(KeyCause cause, boolean other) {
        String before = place();
        Long replaced = pendingGeneration;
        generation++;
        pendingGeneration = generation;
        changes++;
        requested(request(Objects.requireNonNull(pendingModel), other), cause);
        end(EvaluationKeyState.SUPERSEDED, key -> Objects.equals(key.generation(), replaced));
        write("token.key-renewed", before, place());
    }

    void withdrawKeys() {
        active = null;
        pendingModel = null;
        pendingGeneration = null;
        changes++;
        end(EvaluationKeyState.REVOKED, _ -> true);
    }

    void giveInto(Custody now) {
        for (KeyState key : List.copyOf(keys)) {
            if (key.state() == EvaluationKeyState.REQUESTED || key.state() == EvaluationKeyState.FAILED) {
                replace(key, key.givenInto(now));
                if (key.state() == EvaluationKeyState.REQUESTED && now == Custody.AGENT) {
                    requested(key.givenInto(now), KeyCause.RETRIED);
                }
            }
        }
    }

    /// The key is READY: it comes into force, or the token moves.
    ///
    /// @param welcome whether the model it waits to move to is active
    void arrive(KeyState key, boolean welcome) {
        change(key, key.in(EvaluationKeyState.READY));
        if (!Objects.equals(pendingGeneration, key.generation())) {
            active = key.generation();
        } else if (!welcome) {
            cancelMove();
        } else {
            String before = place();
            Integer from = model;
            endHistory("REASSIGNED");
            model = pendingModel;
            active = pendingGeneration;
            pendingModel = null;
            pendingGeneration = null;
            changes++;
            history.add("m" + model + " g" + active);
            tell("token.updated", from);
            end(EvaluationKeyState.SUPERSEDED, other -> other.generation() != key.generation());
            write("token.moved", before, place());
        }
    }

    /// The latest attempt goes on, also one whose lease was lost.
    KeyState goOn(KeyState key) {
        if (key.state() == EvaluationKeyState.GENERATING) {
            return key;
        }
        KeyState now = key.in(EvaluationKeyState.GENERATING);
        change(key, now);
        return now;
    }

    /// A key comes to another state, and the world is told.
    void change(KeyState key, KeyState now) {
        replace(key, now);
        String name = "evaluation-key." + now.state().name().toLowerCase(java.util.Locale.ROOT);
        events.add(name + " g" + now.generation() + " m" + now.model() + " " + now.state() + " a" + now.attempt());
        audit.add(name + " " + key.facts() + " -> " + now.facts());
    }

    /// A key is wanted again.
    void askAgain(KeyState key, KeyCause cause) {
        askAgain(key, key.in(EvaluationKeyState.REQUESTED), cause);
    }

    void loseLease(KeyState key) {
        askAgain(key, key.leaseLost(), KeyCause.SWEPT);
    }

    private void askAgain(KeyState key, KeyState now, KeyCause cause) {
        replace(key, now);
        requested(now, cause);
        // A lost attempt that hands its work back changes nothing that the trail tells of.
        if (key.state() != now.state()) {
            audit.add("evaluation-key.requested " + key.facts() + " -> " + now.facts());
        }
    }

    void replace(KeyState key, KeyState now) {
        keys.set(keys.indexOf(key), now);
    }

    void tell(String type, @Nullable Integer from) {
        events.add(type + " g" + generation + (model == null ? "" : " m" + model) + (from == null ? "" : " from m" + from) + " " + status);
    }

    void write(String action, String before, String after) {
        audit.add(action + " " + before + " -> " + after);
    }

    String words() {
        return status + " " + custody + " h" + holder;
    }

    private String place() {
        return "g" + generation + (model == null ? "" : " m" + model) + (pendingModel == null ? "" : " p" + pendingModel);
    }

    private void moveTo(int to) {
        leave(to);
        history.add("m" + to + " g" + generation);
    }

    private void leave(@Nullable Integer to) {
        generation++;
        model = to;
        active = null;
        pendingModel = null;
        pendingGeneration = null;
        changes++;
    }

    private void endAssignment(String because) {
        endHistory(because);
        leave(null);
        end(EvaluationKeyState.REVOKED, _ -> true);
    }

    private void endHistory(String because) {
        history.set(history.size() - 1, history.getLast() + " " + because);
    }

    private KeyState request(int forModel, boolean other) {
        KeyState key = KeyState.requested(generation, forModel, holder, other, custody);
        keys.add(key);
        return key;
    }

    private void ask(String type, @Nullable Integer from, int to, KeyCause cause, AssignmentMode mode, boolean other) {
        job(type, from, request(to, other), cause, mode);
    }

    private void requested(KeyState key, KeyCause cause) {
        job("evaluation-key.requested", null, key, cause, AssignmentMode.IMMEDIATE);
    }

    private void job(String type, @Nullable Integer from, KeyState key, KeyCause cause, AssignmentMode mode) {
        events.add(type + " g" + key.generation() + " m" + key.model() + (from == null ? "" : " from m" + from) + " " + mode + " " + cause + " " + key.custody()
                + " h" + key.holder());
    }

    private void end(EvaluationKeyState state, Predicate<KeyState> which) {
        for (KeyState key : List.copyOf(keys)) {
            if (key.isOpen() && which.test(key)) {
                change(key, key.in(state));
            }
        }
    }
}
