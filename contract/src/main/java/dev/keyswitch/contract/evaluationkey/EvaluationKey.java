package dev.keyswitch.contract.evaluationkey;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Public key material that lets a model server compute on one token's ciphertexts. Belongs to one (token, model,
/// generation); this is its description, never its bytes.
///
/// @param attempt number of the latest claim, 0 before the first
/// @param progressPercent 0 to 100
/// @param sizeBytes length of the content; known once READY
/// @param sha256 hex digest of the content; known once READY
/// @param rootFingerprint fingerprint of the holder root key it was made from
/// @param holderMac the holder's own mark, by which it recognises its keys
/// @param claimedAt when the latest attempt began
/// @param generationMillis time the holder spent on computing, without uploading; as it reports
/// @param generatedBy name of the worker of the latest attempt
/// @param failure the reason of the latest failure
public record EvaluationKey(
        UUID id,
        UUID tokenId,
        UUID modelId,
        UUID holderId,
        long generation,
        EvaluationKeyState state,
        int attempt,
        int progressPercent,
        @Nullable Long sizeBytes,
        @Nullable String sha256,
        @Nullable String rootFingerprint,
        @Nullable String holderMac,
        List<EvaluationKeyPart> parts,
        Instant requestedAt,
        @Nullable Instant claimedAt,
        @Nullable Instant readyAt,
        @Nullable Long generationMillis,
        @Nullable String generatedBy,
        @Nullable String failure) {

    public EvaluationKey {
        parts = List.copyOf(parts);
    }
}
