package dev.keyswitch.api.reference;

import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.token.Custody;

/// An evaluation key, as the rules see it.
///
/// @param model number of the model
/// @param other which of the two profiles it is for
/// @param worker whose lease it is
/// @param lost whether that lease has run out
record KeyState(
        long generation, int model, int holder, boolean other, Custody custody, EvaluationKeyState state, int attempt, int worker, boolean lost) {

    /// Not in a final state.
    boolean isOpen() {
        return !state.isFinal();
    }

    KeyState in(EvaluationKeyState now) {
        return new KeyState(generation, model, holder, other, custody, now, attempt, worker, false);
    }

    KeyState claimed(int by) {
        return new KeyState(generation, model, holder, other, custody, EvaluationKeyState.GENERATING, attempt + 1, by, false);
    }

    KeyState givenInto(Custody now) {
        return new KeyState(generation, model, holder, other, now, state, attempt, worker, lost);
    }

    KeyState leaseLost() {
        return new KeyState(generation, model, holder, other, custody, state, attempt, worker, true);
    }

    String facts() {
        return "g" + generation + " " + state + " a" + attempt;
    }
}
