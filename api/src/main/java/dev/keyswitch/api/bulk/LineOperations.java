package dev.keyswitch.api.bulk;

import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.assignment.AssignmentService;
import dev.keyswitch.api.http.Versioned;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.api.token.TokenChanges;
import dev.keyswitch.api.token.TokenRepository;
import dev.keyswitch.api.token.TokenRolls;
import dev.keyswitch.api.token.TokenRow;
import dev.keyswitch.api.token.Tokens;
import dev.keyswitch.contract.bulk.BulkAnswer;
import dev.keyswitch.contract.bulk.UnassignToken;
import dev.keyswitch.contract.problem.ProblemCode;
import dev.keyswitch.contract.token.AssignToken;
import dev.keyswitch.contract.token.ChangeToken;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.RollToken;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.token.TokenStatus;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Does what a line asks for, with the services of the single calls; in the transaction of whoever asks.
@Singleton
final class LineOperations {

    private final Tokens tokens;
    private final TokenChanges changes;
    private final TokenRolls rolls;
    private final TokenRepository rows;
    private final AssignmentService assignments;

    LineOperations(
            Tokens tokens, TokenChanges changes, TokenRolls rolls, TokenRepository rows, AssignmentService assignments) {
        this.tokens = tokens;
        this.changes = changes;
        this.rolls = rolls;
        this.rows = rows;
        this.assignments = assignments;
    }

    /// @throws IOException if the line's body cannot be read as that of its operation
    BulkAnswer run(Caller caller, int number, Line line) throws IOException {
        return switch (line.operation()) {
            case CREATE -> answer(number, HttpStatus.CREATED, create(caller, line));
            case UPDATE -> ok(number, changes.change(caller, line.token(), line.body(ChangeToken.class), line.condition()));
            case ASSIGN -> ok(number, assign(caller, line, false));
            case REASSIGN -> ok(number, assign(caller, line, true));
            case UNASSIGN -> ok(number, unassign(caller, line));
            case SUSPEND -> ok(number, turn(caller, line, TokenStatus.SUSPENDED, null));
            case RESUME -> ok(number, turn(caller, line, TokenStatus.ACTIVE, TokenStatus.CANCELED));
            case CANCEL -> ok(number, turn(caller, line, TokenStatus.CANCELED, null));
            case REINSTATE -> ok(number, turn(caller, line, TokenStatus.ACTIVE, TokenStatus.SUSPENDED));
            case ROLL -> ok(number, rolls.roll(caller, line.token(), line.body(RollToken.class), line.condition()));
            case DELETE -> delete(caller, number, line);
        };
    }

    private Versioned<Token> create(Caller caller, Line line) throws IOException {
        line.requireNoToken();
        return tokens.create(caller, line.body(CreateToken.class));
    }

    /// Whether it may be moved is said by the operation alone.
    private Versioned<Token> assign(Caller caller, Line line, boolean reassign) throws IOException {
        AssignToken wanted = line.body(AssignToken.class);
        if (wanted.reassign() != null && wanted.reassign() != reassign) {
            throw ProblemException.invalid("/reassign", "must be " + reassign + " with " + line.operation());
        }
        return assignments.assign(
                caller, line.token(), new AssignToken(wanted.modelId(), reassign, wanted.mode()), line.condition());
    }

    private Versioned<Token> unassign(Caller caller, Line line) throws IOException {
        UnassignToken wanted = line.optionalBody(UnassignToken.class);
        ModelId expected = wanted == null || wanted.modelId() == null ? null : new ModelId(wanted.modelId());
        return assignments.unassign(caller, line.token(), expected, line.condition());
    }

    /// Over many tokens nobody sees what each of them is: a pause that ends must not reinstate what was canceled.
    private Versioned<Token> turn(Caller caller, Line line, TokenStatus wanted, @Nullable TokenStatus refused) {
        line.requireNoBody();
        TokenRow token = rows.lock(line.token(), caller.account()).orElseThrow(() -> ProblemException.notFound("token"));
        if (token.status() == refused) {
            throw new ProblemException(
                    ProblemCode.CONFLICT,
                    refused == TokenStatus.CANCELED
                            ? "The token " + token.name() + " is canceled; it can only be reinstated."
                            : "The token " + token.name() + " is suspended and not canceled; it can be resumed.");
        }
        return changes.change(caller, token.id(), ChangeToken.nothing().status(wanted), line.condition());
    }

    private BulkAnswer delete(Caller caller, int number, Line line) {
        line.requireNoBody();
        tokens.delete(caller, line.token(), line.condition());
        return new BulkAnswer(number, HttpStatus.NO_CONTENT.getCode(), null, null, null, null);
    }

    private static BulkAnswer ok(int number, Versioned<Token> token) {
        return answer(number, HttpStatus.OK, token);
    }

    private static BulkAnswer answer(int number, HttpStatus status, Versioned<Token> token) {
        return new BulkAnswer(number, status.getCode(), token.etag(), token.value(), null, null);
    }
}
