package dev.keyswitch.console.token;

import dev.keyswitch.console.evaluationkey.KeyPart;
import dev.keyswitch.console.evaluationkey.KeyView;
import dev.keyswitch.console.session.Names;
import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.token.TokenStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A token as lists show it.
///
/// @param now when the page was made
public record TokenRow(Token token, KeyPart keyPart, Instant now) {

    private static final Duration SOON = Duration.ofDays(7);

    /// @param moveTo name of the model that the token is about to move to; null if it does not move
    public static TokenRow of(Token token, @Nullable String moveTo, Instant now) {
        return new TokenRow(token, KeyPart.of(token, moveTo), now);
    }

    public static TokenRow of(Token token, Instant now) {
        return of(token, null, now);
    }

    /// Each with the name of the model it is about to move to.
    public static List<TokenRow> of(List<Token> tokens, Names names, Instant now) {
        Map<UUID, String> moves = names.ofMoves(tokens);
        return tokens.stream()
                .map(token -> of(
                        token,
                        token.pendingReassignment() == null
                                ? null
                                : moves.get(token.pendingReassignment().modelId()),
                        now))
                .toList();
    }

    public KeyView key() {
        return keyPart.view();
    }

    public String path() {
        return "/tokens/" + token.id();
    }

    public boolean assigned() {
        return token.modelId() != null;
    }

    /// Where its model's tokens are; null if it has no model.
    public @Nullable String modelPath() {
        return token.modelId() == null ? null : "/models/" + token.modelId() + "/tokens";
    }

    public boolean expired() {
        return !token.expiresAt().isAfter(now);
    }

    /// The end of its value, by which people recognise it.
    public String hint() {
        return "…" + token.valueHint();
    }

    /// Names the colour of the expiry: none while it is far away.
    public String expiryTone() {
        if (expired()) {
            return "tone-failed";
        }
        return token.expiresAt().isBefore(now.plus(SOON)) ? "tone-waiting" : "";
    }

    public String statusWord() {
        if (token.status() == TokenStatus.ACTIVE && expired()) {
            return "Expired";
        }
        String name = token.status().name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    public String statusTone() {
        return switch (token.status()) {
            case ACTIVE -> expired() ? "failed" : "ready";
            case SUSPENDED -> "waiting";
            case CANCELED -> "off";
        };
    }

    public String statusShape() {
        return switch (token.status()) {
            case ACTIVE -> expired() ? "clock" : "dot";
            case SUSPENDED -> "pause";
            case CANCELED -> "slash";
        };
    }
}
