package dev.keyswitch.api.assignment;

import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.http.Cursor;
import dev.keyswitch.api.http.Fields;
import dev.keyswitch.api.http.IfMatch;
import dev.keyswitch.api.http.Sort;
import dev.keyswitch.api.http.Versioned;
import dev.keyswitch.api.model.Models;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.api.token.TokenAnswers;
import dev.keyswitch.api.token.TokenRepository;
import dev.keyswitch.api.token.TokenRow;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.contract.token.AssignToken;
import dev.keyswitch.contract.token.Assignment;
import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.value.Page;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides whether a token may get a model, and does it: one transaction each, under the lock of the token's row. Of two
/// callers at once the second waits, and then sees what the first has done.
@Singleton
public class AssignmentService {

    private final TokenRepository tokens;
    private final TokenAnswers answers;
    private final Assignments assignments;
    private final Moves moves;
    private final AssignmentRepository history;
    private final Models models;

    AssignmentService(
            TokenRepository tokens,
            TokenAnswers answers,
            Assignments assignments,
            Moves moves,
            AssignmentRepository history,
            Models models) {
        this.tokens = tokens;
        this.answers = answers;
        this.assignments = assignments;
        this.moves = moves;
        this.history = history;
        this.models = models;
    }

    /// Assigning to the model that it already has cancels a move that waits, and changes nothing else. Another model takes
    /// `reassign`.
    @Transactional
    public Versioned<Token> assign(Caller caller, TokenId id, AssignToken wanted, IfMatch condition) {
        ModelId model = new ModelId(Fields.required("/modelId", wanted.modelId()));
        TokenRow token = lock(caller, id, condition);
        return answers.versioned(assign(caller, token, model, wanted));
    }

    private TokenRow assign(Caller caller, TokenRow token, ModelId model, AssignToken wanted) {
        if (model.equals(token.modelId())) {
            return moves.cancel(token, caller.actor());
        }
        if (token.modelId() == null) {
            return assignments.assign(token, model, caller.actor());
        }
        if (!Boolean.TRUE.equals(wanted.reassign())) {
            models.hold(caller.account(), model);
            throw assignedElsewhere(ProblemCode.TOKEN_ALREADY_ASSIGNED, caller, token, token.modelId());
        }
        return wanted.mode() == AssignmentMode.WHEN_READY
                ? moves.begin(token, model, caller.actor())
                : assignments.reassign(token, model, caller.actor());
    }

    /// Removing what is not there is no error, unless the caller names a model and the token has another one.
    @Transactional
    public Versioned<Token> unassign(Caller caller, TokenId id, @Nullable ModelId expected, IfMatch condition) {
        TokenRow token = lock(caller, id, condition);
        if (token.modelId() == null) {
            return answers.versioned(token);
        }
        if (expected != null && !expected.equals(token.modelId())) {
            throw assignedElsewhere(ProblemCode.TOKEN_NOT_ASSIGNED_THERE, caller, token, token.modelId());
        }
        return answers.versioned(assignments.unassign(token, caller.actor()));
    }

    private TokenRow lock(Caller caller, TokenId id, IfMatch condition) {
        TokenRow token = tokens.lock(id, caller.account()).orElseThrow(() -> ProblemException.notFound("token"));
        condition.require(token.version());
        return token;
    }

    private ProblemException assignedElsewhere(ProblemCode code, Caller caller, TokenRow token, ModelId model) {
        String name = models.name(caller.account(), model);
        String hint = code == ProblemCode.TOKEN_ALREADY_ASSIGNED
                ? " Ask for a reassignment (reassign: true) to move it."
                : "";
        return new ProblemException(code, "The token " + token.name() + " is assigned to the model " + name + "." + hint)
                .withFact("currentModelId", model.value())
                .withFact("currentModelName", name);
    }

    /// Newest first.
    @Transactional(readOnly = true)
    Page<Assignment> history(Caller caller, TokenId id, int limit, @Nullable Cursor cursor) {
        TokenRow token = tokens.find(id, caller.account())
                .filter(row -> caller.holderId() == null || caller.holderId().equals(row.holderId()))
                .orElseThrow(() -> ProblemException.notFound("token"));
        long below = cursor == null ? Long.MAX_VALUE : generation(cursor);
        List<Assignment> lines = history.history(caller.account(), id, below, limit + 1).stream()
                .map(AssignmentService::toContract)
                .toList();
        if (lines.size() <= limit) {
            return new Page<>(lines, null);
        }
        String last = Long.toString(lines.get(limit - 1).generation());
        return new Page<>(
                lines.subList(0, limit), new Cursor(Sort.CREATED_AT_DESCENDING, 0, token.id().value(), last).toString());
    }

    private static long generation(Cursor cursor) {
        try {
            return Long.parseLong(cursor.name());
        } catch (NumberFormatException e) {
            throw new ProblemException(ProblemCode.INVALID_FIELDS, "The cursor must be nextCursor of the page before.");
        }
    }

    private static Assignment toContract(AssignmentRepository.Line line) {
        return new Assignment(
                line.modelId(),
                line.modelName(),
                line.generation(),
                line.assignedAt(),
                line.endedAt(),
                line.endedBecause());
    }
}
