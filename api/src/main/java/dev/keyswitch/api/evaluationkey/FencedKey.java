package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.contract.problem.ProblemCode;

/// An evaluation key, and what keeps late comers out.
///
/// @param newestGeneration of the token
record FencedKey(EvaluationKeyRow row, long newestGeneration) {

    /// The fences: nothing late is accepted. Only the newest generation counts, of it only the latest attempt, and of that
    /// only as long as it neither gave up nor is done.
    void requireCurrent(int attempt) {
        requireNewest(row.generation());
        if (attempt != row.attempt()) {
            throw new ProblemException(
                            ProblemCode.ATTEMPT_OUTDATED,
                            "Attempt " + attempt + " is not the present one of this evaluation key; that is " + row.attempt() + ".")
                    .withFact("attempt", row.attempt());
        }
        if (!row.isBeingMade()) {
            throw wrongState("The evaluation key is " + row.state() + "; this needs one that is being made.");
        }
    }

    void requireNewest(long generation) {
        if (generation != row.generation() || generation != newestGeneration) {
            throw new ProblemException(
                            ProblemCode.GENERATION_OUTDATED,
                            "Generation " + generation + " is not the one that is asked for; the token is at " + newestGeneration + ".")
                    .withFact("generation", newestGeneration);
        }
    }

    ProblemException wrongState(String sentence) {
        return new ProblemException(ProblemCode.EVALUATION_KEY_STATE, sentence).withFact("state", row.state());
    }
}
