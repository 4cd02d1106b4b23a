package dev.keyswitch.console.evaluationkey;

import dev.keyswitch.console.page.Pages;
import dev.keyswitch.console.session.Session;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.token.PendingReassignment;
import dev.keyswitch.contract.token.Token;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The piece of a page that tells how an evaluation key stands, and that live updates replace.
///
/// @param element id of the element
/// @param tokenName whose key it is
/// @param retry the key that can be asked for again; null if none can
/// @param move a move of the token that waits for its own key; null if there is none
public record KeyPart(String element, String tokenName, KeyView view, @Nullable UUID retry, @Nullable Move move) {

    /// @param modelName where the token is about to move
    /// @param view of the key it waits for
    public record Move(String modelName, KeyView view) {}

    /// The key of a token's present assignment, and that of its move.
    ///
    /// @param moveTo name of the model that the token is about to move to; null if it does not move
    public static KeyPart of(Token token, @Nullable String moveTo) {
        KeyView view = KeyView.of(token);
        PendingReassignment pending = token.pendingReassignment();
        if (pending == null) {
            return new KeyPart(element(token), token.name(), view, retry(view, token.evaluationKey()), null);
        }
        KeyView moving = KeyView.of(pending.evaluationKey(), token.custody());
        UUID retry = moving.canRetry() ? pending.evaluationKey().id() : retry(view, token.evaluationKey());
        Move move = new Move(moveTo == null ? "another model" : moveTo, moving);
        return new KeyPart(element(token), token.name(), view, retry, move);
    }

    private static String element(Token token) {
        return "key-" + token.id();
    }

    private static @Nullable UUID retry(KeyView view, @Nullable EvaluationKey key) {
        return view.canRetry() && key != null ? key.id() : null;
    }

    /// One key by itself, in a table with its size and its time.
    public static KeyPart of(EvaluationKey key, String tokenName) {
        KeyView view = KeyView.of(key, null).beside();
        return new KeyPart("evaluation-key-" + key.id(), tokenName, view, retry(view, key), null);
    }

    /// The piece of a page that shows it.
    public String render(Pages pages, Session session) {
        return pages.render("part/key", Map.of("part", this, "csrf", session.csrf(), "may", session.mayAssign()));
    }

    /// Whether it will change by itself.
    public boolean moving() {
        return view.moving() || (move != null && move.view().moving());
    }

    /// What is read out when an open page sees it change; empty for changes that need no word.
    public String announcement() {
        return switch (view.tone()) {
            case "ready" -> "The evaluation key of " + tokenName + " is ready.";
            case "failed" -> "The evaluation key of " + tokenName + " failed: " + view.detail();
            default -> "";
        };
    }
}
