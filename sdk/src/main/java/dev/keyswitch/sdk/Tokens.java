package dev.keyswitch.sdk;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.token.AssignToken;
import dev.keyswitch.contract.token.Assignment;
import dev.keyswitch.contract.token.AssignmentMode;
import dev.keyswitch.contract.token.ChangeToken;
import dev.keyswitch.contract.token.CreateToken;
import dev.keyswitch.contract.token.RollToken;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.token.TokenStatus;
import dev.keyswitch.contract.value.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// User access tokens and their assignment to models.
public final class Tokens {
    private static final TypeReference<Page<Token>> PAGE = new TypeReference<>() {};
    private static final TypeReference<Page<Assignment>> HISTORY = new TypeReference<>() {};

    private final Wire wire;

    Tokens(Wire wire) {
        this.wire = wire;
    }

    /// The answer alone carries the token's value.
    public Token create(CreateToken token) {
        return wire.post("/v1/tokens", token, Token.class);
    }

    public Token get(UUID token) {
        return wire.get(path(token), Token.class);
    }

    /// Those of these tokens that are there, in no order, with as few calls as possible.
    public List<Token> withIds(Collection<UUID> tokens) {
        return Pages.withIds(tokens, ids -> list(TokenQuery.everything().ids(ids).limit(ids.size())));
    }

    /// With its tag, for a change that must not overwrite somebody else's.
    public Versioned<Token> read(UUID token) {
        Answer answer = wire.send(wire.call("GET", path(token)));
        return new Versioned<>(wire.read(answer, Token.class), answer.headers().firstValue("ETag").orElse(""));
    }

    /// Changes what `change` names, and nothing else.
    public Token change(UUID token, ChangeToken change) {
        return wire.exchange("PATCH", path(token), change, Token.class, Call::asRepeatable);
    }

    /// The same, if the token is still as it was read; refused with 412 otherwise. Not tried again once the server may have
    /// seen it: the second try would be refused because of the first.
    public Token change(Versioned<Token> read, ChangeToken change) {
        return wire.exchange(
                "PATCH", path(read.value().id()), change, Token.class, call -> call.header("If-Match", read.tag()));
    }

    /// A pause: no queries, and the evaluation key stays.
    public Token suspend(UUID token) {
        return change(token, ChangeToken.nothing().status(TokenStatus.SUSPENDED));
    }

    /// Ends a pause.
    public Token resume(UUID token) {
        return change(token, ChangeToken.nothing().status(TokenStatus.ACTIVE));
    }

    /// Revokes the evaluation key. The assignment stays; see [#reinstate].
    public Token cancel(UUID token) {
        return change(token, ChangeToken.nothing().status(TokenStatus.CANCELED));
    }

    /// Makes a canceled token active again; a new evaluation key is asked for if it is assigned.
    public Token reinstate(UUID token) {
        return change(token, ChangeToken.nothing().status(TokenStatus.ACTIVE));
    }

    /// The same value for longer, at most 365 days from now.
    public Token renew(UUID token, Instant expiresAt) {
        return change(token, ChangeToken.nothing().expiresAt(expiresAt));
    }

    /// A new value on the same id, which this answer alone carries. The value before works for the time of grace.
    public Token roll(UUID token, Duration grace) {
        RollToken roll = new RollToken(Math.toIntExact(grace.toSeconds()));
        return wire.post(path(token) + "/roll", roll, Token.class);
    }

    /// One page.
    public Page<Token> list(TokenQuery query) {
        return wire.get(query.target(), PAGE);
    }

    /// Every page from the query's cursor on, fetched as the stream is read.
    public Stream<Token> all(TokenQuery query) {
        return Pages.stream(cursor -> list(query.cursor(cursor)), query.cursor());
    }

    /// Assigns an unassigned token. A token that is assigned to another model is refused with
    /// `token-already-assigned`, and the facts name that model; see [#reassign].
    public Token assign(UUID token, UUID model) {
        return assign(token, new AssignToken(model, null, null));
    }

    /// Moves the token to this model at once, wherever it is assigned now.
    public Token reassign(UUID token, UUID model) {
        return reassign(token, model, AssignmentMode.IMMEDIATE);
    }

    /// Moves the token to this model: at once, or, with `WHEN_READY`, as soon as its evaluation key for that model is there.
    /// Until then it goes on with the model it has, and the answer tells of the move as `pendingReassignment`.
    public Token reassign(UUID token, UUID model, AssignmentMode mode) {
        return assign(token, new AssignToken(model, true, mode));
    }

    public Token assign(UUID token, AssignToken assignment) {
        return wire.exchange("PUT", path(token) + "/assignment", assignment, Token.class, UnaryOperator.identity());
    }

    /// Ends the assignment, whichever it is, and revokes its evaluation key.
    public Token unassign(UUID token) {
        return endAssignment(token, null);
    }

    /// Ends the assignment if it is still to that model; refused with `token-not-assigned-there` otherwise.
    public Token unassign(UUID token, UUID expectedModel) {
        return endAssignment(token, expectedModel);
    }

    /// The history, latest first.
    public List<Assignment> assignments(UUID token) {
        String path = path(token) + "/assignments";
        return Pages.stream(
                        cursor ->
                                wire.get(Target.of(path).with("cursor", cursor).toString(), HISTORY),
                        null)
                .toList();
    }

    public void delete(UUID token) {
        wire.send(wire.call("DELETE", path(token)));
    }

    /// Waits until the token's evaluation key is READY: that of a move that waits for it, or else of the present assignment.
    ///
    /// @param onChange is told each change of state, attempt or percentage, the first included
    /// @throws EvaluationKeyNotReadyException if it fails, is replaced, or `timeout` is over
    public EvaluationKey awaitReady(UUID token, Duration timeout, Consumer<EvaluationKey> onChange) {
        return new ReadyWait(wire.policy(), () -> look(token)).await(null, timeout, onChange);
    }

    /// Waits for exactly the evaluation key that `assigned` speaks of: the answer of an assignment, say, or of a move that
    /// waits (once that key is READY, the token has moved). Should another person move the token meanwhile, the waiting ends.
    ///
    /// @throws EvaluationKeyNotReadyException if it fails, is replaced, or `timeout` is over
    public EvaluationKey awaitReady(Token assigned, Duration timeout, Consumer<EvaluationKey> onChange) {
        return new ReadyWait(wire.policy(), () -> look(assigned.id())).await(assigned, timeout, onChange);
    }

    private ReadyWait.Seen look(UUID token) {
        Answer answer = wire.send(wire.call("GET", path(token)));
        return new ReadyWait.Seen(wire.read(answer, Token.class), answer.requestId());
    }

    private Token endAssignment(UUID token, @Nullable UUID expectedModel) {
        String target = Target.of(path(token) + "/assignment")
                .with("modelId", expectedModel)
                .toString();
        return wire.exchange("DELETE", target, null, Token.class, UnaryOperator.identity());
    }

    private static String path(UUID token) {
        return "/v1/tokens/" + token;
    }
}
