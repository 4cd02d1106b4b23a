package dev.keyswitch.keygen;

import java.util.Arrays;
import java.util.stream.Collectors;

/// Which rotations an evaluation key must allow. Steps count as in SEAL: positive rotates left, negative right, 0 is the complex
/// conjugation (CKKS) or the row swap (BFV, BGV).
public sealed interface RotationSteps {

    static RotationSteps none() {
        return new None();
    }

    /// SEAL's default set: conjugation or row swap and all powers of two in both directions; others are composed of these.
    static RotationSteps all() {
        return new All();
    }

    /// Exactly these steps, in any order, without repetition of meaning: duplicates count once.
    static RotationSteps of(int... steps) {
        return steps.length == 0 ? new None() : new Steps(steps);
    }

    record None() implements RotationSteps {}

    record All() implements RotationSteps {}

    /// @param steps kept sorted and distinct
    record Steps(int[] steps) implements RotationSteps {
        public Steps {
            if (steps.length == 0) {
                throw new IllegalArgumentException("no steps at all is said with none()");
            }
            steps = Arrays.stream(steps).sorted().distinct().toArray();
        }

        @Override
        public int[] steps() {
            return steps.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Steps that && Arrays.equals(steps, that.steps);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(steps);
        }

        @Override
        public String toString() {
            return Arrays.stream(steps).mapToObj(Integer::toString).collect(Collectors.joining(",", "Steps[", "]"));
        }
    }
}
