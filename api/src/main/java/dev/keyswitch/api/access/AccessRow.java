package dev.keyswitch.api.access;

import dev.keyswitch.api.EvaluationKeyId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.model.ModelStatus;
import dev.keyswitch.contract.token.TokenStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Everything one decision needs, read in one statement: all of it as of one moment.
///
/// @param keyState of the evaluation key of the active generation, as are all that begin with key
record AccessRow(
        TokenId id,
        TokenStatus status,
        Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable ModelId modelId,
        @Nullable ModelStatus modelStatus,
        @Nullable EvaluationKeyId keyId,
        @Nullable Long keyGeneration,
        @Nullable EvaluationKeyState keyState,
        @Nullable String keySha256) {}
