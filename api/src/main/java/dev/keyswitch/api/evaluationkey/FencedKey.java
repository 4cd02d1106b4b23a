package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.contract.problem.ProblemCode;

/// An evaluation key, and what keeps late comers out.
///
/// @param newestGeneration of the token
record FencedKey(EvaluationKeyRow row, long newestGeneration) {

    /// The fences: nothing late is accepted. Only a generation that is wanted counts, of it only the latest attempt, and of
    /// that only as long as it neither gave up nor is done.
    void requireCurrent(int attempt) {
        requireWanted(row.generation());
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

    /// Whoever asks for another key in the place of this one ends this one in the same transaction, under the lock that is
    /// held here. So a key that is not ended is wanted, also beside a newer one: that of a move that waits.
    void requireWanted(long generation) {
        if (generation != row.generation() || row.state().isFinal()) {
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
