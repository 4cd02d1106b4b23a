package dev.keyswitch.api.reference;

import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.token.Custody;
import java.util.Set;
import java.util.TreeSet;

/// An evaluation key, as the rules see it.
///
/// @param model number of the model
/// @param other which of the two profiles it is for
/// @param worker whose lease it is
/// @param root number of the root key that the latest attempt makes it from
/// @param lost whether the lease of the latest attempt ran out. That attempt may still come back, until somebody else claims
/// @param uploaded attempts whose bytes are all there
record KeyState(
        long generation,
        int model,
        int holder,
        boolean other,
        Custody custody,
        EvaluationKeyState state,
        int attempt,
        int worker,
        int root,
        boolean lost,
        Set<Integer> uploaded) {

    /// One that nobody has begun to make.
    static KeyState requested(long generation, int model, int holder, boolean other, Custody custody) {
        return new KeyState(generation, model, holder, other, custody, EvaluationKeyState.REQUESTED, 0, 0, 0, false, Set.of());
    }

    /// Not in a final state.
    boolean isOpen() {
        return !state.isFinal();
    }

    /// The latest attempt may go on.
    boolean isBeingMade() {
        return state == EvaluationKeyState.GENERATING || state == EvaluationKeyState.REQUESTED && lost;
    }

    KeyState in(EvaluationKeyState now) {
        return new KeyState(generation, model, holder, other, custody, now, attempt, worker, root, false, uploaded);
    }

    KeyState claimed(int by, int from) {
        return new KeyState(generation, model, holder, other, custody, EvaluationKeyState.GENERATING, attempt + 1, by, from, false, uploaded);
    }

    KeyState givenInto(Custody now) {
        return new KeyState(generation, model, holder, other, now, state, attempt, worker, root, lost, uploaded);
    }

    KeyState leaseLost() {
        return new KeyState(generation, model, holder, other, custody, EvaluationKeyState.REQUESTED, attempt, worker, root, true, uploaded);
    }

    KeyState uploadedBy(int which) {
        Set<Integer> all = new TreeSet<>(uploaded);
        all.add(which);
        return new KeyState(generation, model, holder, other, custody, state, attempt, worker, root, lost, Set.copyOf(all));
    }

    String facts() {
        return "g" + generation + " " + state + " a" + attempt;
    }
}
