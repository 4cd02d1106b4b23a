package dev.keyswitch.console.token;

import dev.keyswitch.console.page.Question;
import dev.keyswitch.contract.token.Token;

/// What is asked before a token is changed, with what it will bring about.
final class TokenQuestions {

    private TokenQuestions() {}

    static Question suspend(Token token) {
        return question("Suspend " + token.name() + "?", "Every query is refused until it is resumed.", token, "suspend", "Suspend")
                .withEffects("Its assignment and its evaluation key stay as they are.", "Its time goes on: a pause does not move the expiry.");
    }

    static Question resume(Token token) {
        return question("Resume " + token.name() + "?", "Queries are answered again, with the evaluation key it has.", token, "resume", "Resume");
    }

    static Question cancel(Token token) {
        String model = token.modelName();
        return question("Cancel " + token.name() + "?", "Every query is refused from this moment on.", token, "cancel", "Cancel the token")
                .withEffects(
                        token.evaluationKey() == null ? "" : "Its evaluation key is revoked.",
                        model == null ? "" : "It keeps its assignment to " + model + ".",
                        token.pendingReassignment() == null ? "" : "The move that waits is canceled.",
                        "It can be reinstated; then a new evaluation key is made.")
                .dangerous("Keep it");
    }

    static Question reinstate(Token token) {
        return question("Reinstate " + token.name() + "?", "It is active again, with the value it has.", token, "reinstate", "Reinstate")
                .withEffects(
                        token.modelName() == null
                                ? ""
                                : "A new evaluation key is made for " + token.modelName()
                                        + "; encrypted queries are refused until it is ready.");
    }

    static Question cancelMove(Token token) {
        return question("Cancel the move of " + token.name() + "?", "It stays with " + token.modelName() + ".", token, "cancel-move", "Cancel the move")
                .withEffects("The evaluation key that is being made for the move is revoked.")
                .withField("modelId", String.valueOf(token.modelId()));
    }

    static Question delete(Token token) {
        return question("Delete " + token.name() + "?", "This is final: nobody can bring the token or its value back.", token, "delete", "Delete")
                .withEffects(
                        token.modelName() == null ? "" : "Its assignment to " + token.modelName() + " ends at once.",
                        token.evaluationKey() == null ? "" : "Its evaluation key is revoked.",
                        "What happened to it stays in the activity.")
                .dangerous("Keep it");
    }

    private static Question question(String heading, String lead, Token token, String what, String button) {
        String path = "/tokens/" + token.id();
        return Question.of(heading, lead, path + "/" + what, button, path);
    }
}
