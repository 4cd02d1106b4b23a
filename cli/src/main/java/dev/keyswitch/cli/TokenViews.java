package dev.keyswitch.cli;

import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.token.PendingReassignment;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.token.TokenStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tokens as people read them.
final class TokenViews {
    private TokenViews() {}

    static Table table(Terminal terminal, List<Token> tokens) {
        Table table = new Table("NAME", "STATUS", "MODEL", "EVALUATION KEY", "EXPIRES", "ID");
        for (Token token : tokens) {
            table.row(
                    token.name(),
                    status(terminal, token),
                    token.modelName(),
                    state(token.evaluationKey()),
                    terminal.time(token.expiresAt()),
                    token.id());
        }
        return table;
    }

    static Facts facts(Terminal terminal, Token token) {
        EvaluationKey key = token.evaluationKey();
        PendingReassignment move = token.pendingReassignment();
        return new Facts()
                .with("name", token.name())
                .with("id", token.id())
                .with("note", token.note())
                .with("status", status(terminal, token))
                .with("value", "..." + token.valueHint())
                .with("custody", token.custody())
                .with("created", terminal.time(token.createdAt()))
                .with("expires", terminal.time(token.expiresAt()))
                .with("model", token.modelName() == null ? "none" : token.modelName())
                .with("model id", token.modelId())
                .with("evaluation key", state(key))
                .with("evaluation key id", key == null ? null : key.id())
                .with("generation", key == null ? null : key.generation())
                .with("size", key == null || key.sizeBytes() == null ? null : Size.of(key.sizeBytes()))
                .with("sha256", key == null ? null : key.sha256())
                .with("failure", key == null ? null : key.failure())
                .with("moving to", move == null ? null : move.modelId())
                .with("since", move == null ? null : terminal.time(move.since()))
                .with("its key", move == null ? null : state(move.evaluationKey()))
                .with("its failure", move == null ? null : move.evaluationKey().failure());
    }

    /// The value stands on a line of its own, ready to be copied.
    static String created(Terminal terminal, Token token) {
        return facts(terminal, token) + "\nThis is the token's value. It is shown now and never again:\n\n"
                + token.value() + "\n";
    }

    /// What is known latest, with the value that only the first answer had.
    static Token withValueOf(Token created, Token latest) {
        return latest.withValue(created.value());
    }

    private static String status(Terminal terminal, Token token) {
        boolean expired = !token.expiresAt().isAfter(terminal.clock().instant());
        return expired && token.status() != TokenStatus.CANCELED
                ? "EXPIRED"
                : token.status().name();
    }

    private static @Nullable String state(@Nullable EvaluationKey key) {
        if (key == null) {
            return null;
        }
        return key.state() == EvaluationKeyState.GENERATING
                ? key.state() + " " + key.progressPercent() + " %"
                : key.state().name();
    }
}
