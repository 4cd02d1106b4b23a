package dev.keyswitch.access;

import dev.keyswitch.access.AccessDecision.Reason;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is known of one token value.
///
/// @param expiresAt milliseconds since 1970
record TokenAccess(
        long revision,
        @Nullable UUID tokenId,
        @Nullable Reason standing,
        long expiresAt,
        @Nullable UUID modelId,
        @Nullable UUID evaluationKeyId) {

    /// @throws IllegalArgumentException if it cannot be understood
    static TokenAccess read(Map<String, String> fields) {
        String expiresAt = fields.get("expiresAt");
        return new TokenAccess(
                Long.parseLong(required(fields, "revision")),
                UUID.fromString(required(fields, "tokenId")),
                standing(required(fields, "status")),
                expiresAt == null ? 0 : Long.parseLong(expiresAt),
                id(fields.get("modelId")),
                id(fields.get("evaluationKeyId")));
    }

    /// A record that is there and cannot be understood says no, until a later one can be.
    static TokenAccess notUnderstood() {
        return new TokenAccess(0, null, Reason.NOT_CURRENT, 0, null, null);
    }

    /// A status of a newer version is one this version must not take for a yes.
    private static @Nullable Reason standing(String status) {
        return switch (status) {
            case "ACTIVE" -> null;
            case "SUSPENDED" -> Reason.TOKEN_SUSPENDED;
            case "CANCELED" -> Reason.TOKEN_CANCELED;
            default -> Reason.TOKEN_ENDED;
        };
    }

    private static @Nullable UUID id(@Nullable String text) {
        return text == null ? null : UUID.fromString(text);
    }

    static String required(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
