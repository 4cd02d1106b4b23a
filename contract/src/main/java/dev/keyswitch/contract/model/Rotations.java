package dev.keyswitch.contract.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.TreeSet;

/// The rotations a model needs: none, all (the default set of powers of two, from which every rotation is composed), or
/// a list of steps. Step 0 is complex conjugation (CKKS) or the row swap (BFV, BGV).
///
/// JSON: `"NONE"`, `"ALL"` or an array of whole numbers.
public sealed interface Rotations {

    record None() implements Rotations {}

    record All() implements Rotations {}

    /// @param steps ascending, without repetition, at least one
    record Steps(List<Integer> steps) implements Rotations {
        public Steps {
            if (steps.isEmpty()) {
                throw new IllegalArgumentException("rotations must be \"NONE\", \"ALL\" or at least one step");
            }
            steps = List.copyOf(new TreeSet<>(steps));
        }
    }

    static Rotations none() {
        return new None();
    }

    static Rotations all() {
        return new All();
    }

    static Rotations steps(Integer... steps) {
        return new Steps(List.of(steps));
    }

    /// The value as JSON has it.
    @JsonValue
    default Object json() {
        return switch (this) {
            case None none -> "NONE";
            case All all -> "ALL";
            case Steps some -> some.steps();
        };
    }

    /// @throws IllegalArgumentException if `json` is none of the three forms
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Rotations ofJson(Object json) {
        return switch (json) {
            case String word when word.equals("NONE") -> none();
            case String word when word.equals("ALL") -> all();
            case List<?> list -> new Steps(list.stream().map(Rotations::step).toList());
            default -> throw new IllegalArgumentException("rotations must be \"NONE\", \"ALL\" or an array of steps");
        };
    }

    private static Integer step(Object json) {
        if (json instanceof Integer step) {
            return step;
        }
        throw new IllegalArgumentException("a rotation step must be a whole number, not " + json);
    }
}
