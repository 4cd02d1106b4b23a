package dev.keyswitch.console.token;

import dev.keyswitch.console.effect.TokenEffects;
import dev.keyswitch.console.page.Question;
import dev.keyswitch.contract.preview.Preview;
import dev.keyswitch.contract.token.ChangeToken;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.token.TokenStatus;
import dev.keyswitch.sdk.KeyswitchClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What is asked before a token is changed, with what it will bring about.
final class TokenQuestions {

    private final KeyswitchClient client;
    private final Token token;
    private final Instant now;

    TokenQuestions(KeyswitchClient client, Token token, Instant now) {
        this.client = client;
        this.token = token;
        this.now = now;
    }

    Question suspend() {
        return question("Suspend " + token.name() + "?", "Every query is refused until it is resumed.", "suspend", "Suspend")
                .withEffects(effects(status(TokenStatus.SUSPENDED), "Its time goes on: a pause does not move the expiry."));
    }

    Question resume() {
        return question("Resume " + token.name() + "?", "The pause ends.", "resume", "Resume")
                .withEffects(effects(status(TokenStatus.ACTIVE)));
    }

    Question cancel() {
        return question("Cancel " + token.name() + "?", "Every query is refused from this moment on.", "cancel", "Cancel the token")
                .withEffects(effects(
                        status(TokenStatus.CANCELED),
                        token.modelName() == null ? "" : "It keeps its assignment to " + token.modelName() + ".",
                        "It can be reinstated."))
                .dangerous("Keep it");
    }

    Question reinstate() {
        return question("Reinstate " + token.name() + "?", "It is active again, with the value it has.", "reinstate", "Reinstate")
                .withEffects(effects(status(TokenStatus.ACTIVE)));
    }

    /// Assigning a token to the model it has ends a move that waits.
    Question cancelMove() {
        List<String> effects = token.modelId() == null
                ? List.of()
                : effects(client.previews().assign(token.id(), Objects.requireNonNull(token.modelId())));
        return question("Cancel the move of " + token.name() + "?", "It stays with " + token.modelName() + ".", "cancel-move", "Cancel the move")
                .withEffects(effects)
                .withField("modelId", String.valueOf(token.modelId()));
    }

    Question delete() {
        return question("Delete " + token.name() + "?", "This is final: nobody can bring the token or its value back.", "delete", "Delete")
                .withEffects(effects(client.previews().delete(token.id()), "What happened to it stays in the activity."))
                .dangerous("Keep it");
    }

    private Preview<Token> status(TokenStatus wanted) {
        return client.previews().change(token.id(), ChangeToken.nothing().status(wanted));
    }

    /// @param more what the preview cannot tell
    private List<String> effects(Preview<Token> preview, String... more) {
        List<String> effects = new ArrayList<>(TokenEffects.of(client, preview, now));
        effects.addAll(List.of(more));
        return effects;
    }

    private Question question(String heading, String lead, String what, String button) {
        String path = "/tokens/" + token.id();
        return Question.of(heading, lead, path + "/" + what, button, path);
    }
}
