package dev.keyswitch.console.token;

import dev.keyswitch.console.page.Sizes;
import dev.keyswitch.console.page.Times;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.token.Custody;
import dev.keyswitch.contract.token.Token;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How the evaluation key of a token stands, as a person reads it: a word, a shape, a colour, and one more fact.
///
/// @param tone names the colour
/// @param shape names the shape
/// @param percent 0 to 100 while it is generated, otherwise null
/// @param moving whether it will change by itself
/// @param canRetry whether a person can ask for it again
public record KeyView(
        String tone,
        String shape,
        String word,
        String detail,
        @Nullable Integer percent,
        boolean moving,
        boolean canRetry) {

    private static final KeyView NONE = new KeyView("off", "none", "No key", "", null, false, false);

    static KeyView of(Token token) {
        EvaluationKey key = token.evaluationKey();
        return key == null ? NONE : of(key, token.custody());
    }

    private static KeyView of(EvaluationKey key, Custody custody) {
        return switch (key.state()) {
            case REQUESTED -> new KeyView("waiting", "ring", "Waiting", waitsFor(custody), null, true, false);
            case GENERATING -> new KeyView(
                    "working", "arc", "Generating", attempt(key), key.progressPercent(), true, false);
            case READY -> new KeyView("ready", "check", "Ready", made(key), null, false, false);
            case FAILED -> new KeyView(
                    "failed", "warning", "Failed", key.failure() == null ? "" : key.failure(), null, false, true);
            case SUPERSEDED -> new KeyView("off", "next", "Superseded", "", null, false, false);
            case REVOKED -> new KeyView("off", "slash", "Revoked", "", null, false, false);
        };
    }

    private static String waitsFor(Custody custody) {
        return switch (custody) {
            case AGENT -> "for a worker";
            case HOLDER -> "for the key holder";
        };
    }

    private static String attempt(EvaluationKey key) {
        return key.attempt() > 1 ? "attempt " + key.attempt() : "";
    }

    private static String made(EvaluationKey key) {
        if (key.sizeBytes() == null) {
            return "";
        }
        String size = Sizes.bytes(key.sizeBytes());
        return key.readyAt() == null
                ? size
                : size + ", made in " + Times.duration(Duration.between(key.requestedAt(), key.readyAt()));
    }

    /// What is read out when an open page sees the state change; empty for changes that need no word.
    String announcement(String tokenName) {
        return switch (tone) {
            case "ready" -> "The evaluation key of " + tokenName + " is ready.";
            case "failed" -> "The evaluation key of " + tokenName + " failed: " + detail;
            default -> "";
        };
    }
}
