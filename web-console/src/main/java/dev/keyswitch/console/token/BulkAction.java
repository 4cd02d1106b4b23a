package dev.keyswitch.console.token;

import dev.keyswitch.contract.bulk.BulkLine;
import dev.keyswitch.contract.bulk.TokenOperation;
import dev.keyswitch.contract.token.ChangeToken;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/// What can be done with many tokens at once.
public enum BulkAction {
    ASSIGN("assign", "Assign", "assigned", "Each gets an evaluation key of its own."),
    REMOVE("remove", "Remove the assignment of", "unassigned", "They can query no model from this moment on."),
    RENEW("renew", "Renew", "renewed", "The same values for longer."),
    SUSPEND("suspend", "Suspend", "suspended", "Every query is refused until they are resumed."),
    RESUME("resume", "Resume", "resumed", "The pause ends."),
    CANCEL("cancel", "Cancel", "canceled", "Every query is refused. Assignments stay; each can be reinstated."),
    REINSTATE("reinstate", "Reinstate", "reinstated", "They are active again, with the values they have."),
    DELETE("delete", "Delete", "deleted", "This is final: nobody can bring these tokens or their values back.");

    private final String code;
    private final String verb;
    private final String done;
    private final String effect;

    BulkAction(String code, String verb, String done, String effect) {
        this.code = code;
        this.verb = verb;
        this.done = done;
        this.effect = effect;
    }

    static Optional<BulkAction> of(String code) {
        return Arrays.stream(values()).filter(action -> action.code.equals(code)).findFirst();
    }

    /// As forms and addresses have it.
    public String code() {
        return code;
    }

    /// The beginning of a sentence that `3 tokens` ends.
    public String verb() {
        return verb;
    }

    /// Past participle.
    public String done() {
        return done;
    }

    /// What it brings about.
    public String effect() {
        return effect;
    }

    /// Whether it cannot be taken back, or not without new evaluation keys.
    public boolean danger() {
        return this == REMOVE || this == CANCEL || this == DELETE;
    }

    /// What a form says beside the tokens.
    ///
    /// @param model for ASSIGN
    /// @param until for RENEW
    record Choice(Optional<UUID> model, Optional<Instant> until) {}

    BulkLine line(UUID token, Choice choice) {
        return switch (this) {
            case ASSIGN -> BulkLine.assign(token, choice.model().orElseThrow());
            case RENEW -> BulkLine.update(token, ChangeToken.nothing().expiresAt(choice.until().orElseThrow()));
            case REMOVE -> BulkLine.of(TokenOperation.UNASSIGN, token);
            case SUSPEND -> BulkLine.of(TokenOperation.SUSPEND, token);
            case RESUME -> BulkLine.of(TokenOperation.RESUME, token);
            case CANCEL -> BulkLine.of(TokenOperation.CANCEL, token);
            case REINSTATE -> BulkLine.of(TokenOperation.REINSTATE, token);
            case DELETE -> BulkLine.of(TokenOperation.DELETE, token);
        };
    }
}
