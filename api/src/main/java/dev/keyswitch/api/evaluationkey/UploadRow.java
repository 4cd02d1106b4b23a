package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.EvaluationKeyId;
import dev.keyswitch.api.UploadId;
import dev.keyswitch.contract.evaluationkey.Upload;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/// A resumable upload of one attempt. How far it is, only the store knows.
@MappedEntity("upload")
record UploadRow(
        @Id UploadId id,
        AccountId accountId,
        EvaluationKeyId evaluationKeyId,
        int attempt,
        long sizeBytes,
        Instant createdAt) {

    /// What the upload ends in.
    StoredName storedName() {
        return new StoredName(evaluationKeyId, attempt);
    }

    Upload toContract(long offset) {
        return new Upload(id.value(), evaluationKeyId.value(), attempt, sizeBytes, offset);
    }
}
