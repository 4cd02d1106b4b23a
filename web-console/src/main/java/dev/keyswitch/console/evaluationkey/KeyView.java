package dev.keyswitch.console.evaluationkey;

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

    /// The key of a token's present assignment.
    public static KeyView of(Token token) {
        EvaluationKey key = token.evaluationKey();
        return key == null ? NONE : of(key, token.custody());
    }

    /// @param custody who makes it; null if that is not known
    public static KeyView of(EvaluationKey key, @Nullable Custody custody) {
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

    /// Without what columns beside it tell: size and time of a READY key.
    KeyView beside() {
        return tone.equals("ready") ? new KeyView(tone, shape, word, "", percent, moving, canRetry) : this;
    }

    private static String waitsFor(@Nullable Custody custody) {
        return switch (custody) {
            case null -> "";
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
}
