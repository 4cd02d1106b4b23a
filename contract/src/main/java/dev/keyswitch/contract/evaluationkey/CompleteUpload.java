package dev.keyswitch.contract.evaluationkey;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Body of `POST /v1/uploads/{id}/complete`.
///
/// @param sha256 hex digest of the whole content
/// @param holderMac hex; the holder's own mark
/// @param generationMillis time spent on computing, without uploading; for people
public record CompleteUpload(
        @Nullable String sha256,
        @Nullable Long sizeBytes,
        @Nullable List<EvaluationKeyPart> parts,
        @Nullable String holderMac,
        @Nullable Long generationMillis) {

    public CompleteUpload {
        parts = parts == null ? null : List.copyOf(parts);
    }
}
