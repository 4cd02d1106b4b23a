package dev.keyswitch.contract.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Answer of `POST /v1/introspect` (RFC 7662): may this token query this model now?
///
/// @param exp expiry in seconds since 1970
/// @param reason why not, unless the token is unknown to the asker
public record Introspection(
        boolean active,
        @JsonProperty("token_id") @Nullable UUID tokenId,
        @JsonProperty("model_id") @Nullable UUID modelId,
        @Nullable Long exp,
        @Nullable Reason reason,
        @JsonProperty("evaluation_key") @Nullable EvaluationKeyReference evaluationKey) {

    /// @param href path of the content
    public record EvaluationKeyReference(UUID id, long generation, String sha256, String href) {}

    /// The first thing that stands in the way.
    public enum Reason {
        TOKEN_SUSPENDED,
        TOKEN_CANCELED,
        TOKEN_EXPIRED,
        TOKEN_UNASSIGNED,
        OTHER_MODEL,
        MODEL_INACTIVE,
        EVALUATION_KEY_NOT_READY,
        OTHER_EVALUATION_KEY
    }

    /// The bare no.
    public static Introspection unknown() {
        return new Introspection(false, null, null, null, null, null);
    }
}
