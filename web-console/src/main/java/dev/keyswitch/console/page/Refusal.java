package dev.keyswitch.console.page;

import dev.keyswitch.contract.problem.FieldError;
import dev.keyswitch.sdk.ConnectionException;
import dev.keyswitch.sdk.EvaluationKeyNotReadyException;
import dev.keyswitch.sdk.KeyswitchException;
import dev.keyswitch.sdk.ProblemException;
import dev.keyswitch.sdk.UnexpectedAnswerException;
import java.util.List;
import java.util.Objects;

/// Why something was not done or cannot be shown, and what to do next.
public record Refusal(int status, String title, String detail, String advice, String requestId) {

    static Refusal of(KeyswitchException e) {
        return switch (e) {
            case ProblemException problem -> of(problem);
            case ConnectionException connection -> of(connection);
            case UnexpectedAnswerException answer -> new Refusal(
                    502,
                    "The API's answer cannot be read",
                    sentence(answer),
                    "Console and API may be of different versions. Give the request id to whoever runs them.",
                    answer.requestId());
            case EvaluationKeyNotReadyException key -> new Refusal(
                    409, "The evaluation key is not ready", sentence(key), "Open the token's model to see its state.",
                    key.requestId());
        };
    }

    private static String sentence(KeyswitchException e) {
        return Objects.requireNonNullElse(e.getMessage(), "No reason was given.");
    }

    private static Refusal of(ProblemException e) {
        List<String> errors = e.problem().errors().stream().map(FieldError::detail).toList();
        String detail = errors.isEmpty() ? sentence(e) : String.join(" ", errors);
        String title = e.problem().title() == null ? "The API refused" : e.problem().title();
        return new Refusal(e.status(), title, detail, advice(e), e.requestId());
    }

    private static String advice(ProblemException e) {
        return switch (e.status()) {
            case 403 -> "Sign in with a credential whose role allows it, or ask an owner of the account.";
            case 404 -> "It may have been deleted. Look for it in the list.";
            case 409, 412 -> "Somebody may have changed it in the meantime. Load the page again and look.";
            case 429 -> "Wait a moment, then try again.";
            case 503 -> "The API is starting or overloaded. Try again in a few seconds.";
            default -> e.status() >= 500
                    ? "Try again. If it stays, give the request id to whoever runs the API."
                    : "Change what the sentence names, then try again.";
        };
    }

    private static Refusal of(ConnectionException e) {
        String advice = e.mayHaveBeenProcessed()
                ? "It may have been done all the same: look before you try again."
                : "Nothing was changed. Try again; if it stays, see whether the API runs.";
        return new Refusal(503, "The API does not answer", "The console could not get an answer from the API.", advice,
                e.requestId());
    }

    static Refusal unexpected(String requestId) {
        return new Refusal(
                500,
                "Something went wrong in the console",
                "The page could not be made.",
                "Try again. If it stays, give the request id to whoever runs the console.",
                requestId);
    }

    static Refusal ofStatus(int status, String requestId) {
        return switch (status) {
            case 400, 404 -> new Refusal(
                    404, "There is no such page", "The address leads nowhere.", "Begin at the list of models.", requestId);
            case 405 -> new Refusal(
                    405, "That cannot be done here", "This address does not take such a request.",
                    "Go back and use the page's own buttons.", requestId);
            case 413 -> new Refusal(
                    413, "That is too much", "The form is larger than 64 KB.", "Shorten the texts in it.", requestId);
            default -> new Refusal(
                    status, "The request was refused", "The console cannot answer this request.",
                    "Go back and try again.", requestId);
        };
    }
}
