package dev.keyswitch.sdk;

import dev.keyswitch.contract.problem.Problem;
import dev.keyswitch.contract.problem.ProblemCode;
import java.util.Optional;

/// The server refused: a status of 400 or above.
///
/// The message is the problem's own sentence. Branch on [#code], which is stable, never on the message.
public final class ProblemException extends KeyswitchException {
    private final transient Problem problem;

    ProblemException(Problem problem, String requestId) {
        super(sentence(problem), requestId, null);
        this.problem = problem;
    }

    public int status() {
        return problem.status();
    }

    /// The whole refusal, with the wrong fields and the facts of this kind of problem.
    public Problem problem() {
        return problem;
    }

    /// Empty if the answer did not come from Keyswitch (a proxy, say), or from one that is newer than this client.
    public Optional<ProblemCode> code() {
        try {
            return problem.code() == null ? Optional.empty() : Optional.of(ProblemCode.ofCode(problem.code()));
        } catch (IllegalArgumentException newer) {
            return Optional.empty();
        }
    }

    /// Whether this is the problem with that code.
    public boolean is(ProblemCode code) {
        return code().filter(code::equals).isPresent();
    }

    private static String sentence(Problem problem) {
        if (problem.detail() != null && !problem.detail().isBlank()) {
            return problem.detail();
        }
        return problem.title() != null ? problem.title() : "The server answered with status " + problem.status();
    }
}
