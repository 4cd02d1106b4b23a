package dev.keyswitch.contract.access;

import dev.keyswitch.contract.access.Introspection.Reason;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.contract.token.TokenStatus;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Answer of `GET /v1/self`: what the query client of an end user needs, told to whoever presents the token's value.
///
/// @param active whether it may query its model now
/// @param reason the first thing in the way, if it may not
/// @param deploymentId must be the one the holder has pinned
/// @param generation of the evaluation key in force; with token, model and `parmsId` the secret key is derived from it
/// @param encryptionProfile what that evaluation key was made for; without one, the model's
/// @param evaluationKey the one in force
public record Self(
        boolean active,
        @Nullable Reason reason,
        UUID deploymentId,
        UUID tokenId,
        String name,
        TokenStatus status,
        Instant expiresAt,
        UUID holderId,
        @Nullable UUID modelId,
        @Nullable String modelName,
        @Nullable Long generation,
        @Nullable EncryptionProfile encryptionProfile,
        @Nullable EvaluationKey evaluationKey) {}
