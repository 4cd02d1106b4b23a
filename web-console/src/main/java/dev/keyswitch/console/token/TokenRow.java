package dev.keyswitch.console.token;

import dev.keyswitch.contract.token.Token;
import dev.keyswitch.contract.token.TokenStatus;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A token as lists show it.
///
/// @param now when the page was made
public record TokenRow(Token token, KeyView key, Instant now) {

    public static TokenRow of(Token token, Instant now) {
        return new TokenRow(token, KeyView.of(token), now);
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

    /// The element that live updates replace.
    public String keyElement() {
        return "key-" + token.id();
    }

    public String announcement() {
        return key.announcement(token.name());
    }

    public boolean expired() {
        return !token.expiresAt().isAfter(now);
    }

    /// The end of its value, by which people recognise it.
    public String hint() {
        return "…" + token.valueHint();
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
