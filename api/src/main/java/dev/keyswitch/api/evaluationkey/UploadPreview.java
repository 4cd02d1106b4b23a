package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.UploadId;
import dev.keyswitch.api.preview.PreviewSubject;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import jakarta.inject.Singleton;
import java.util.UUID;

/// An upload changes the evaluation key that it is for.
@Singleton
final class UploadPreview implements PreviewSubject {

    private final Uploads uploads;
    private final EvaluationKeyRepository keys;

    UploadPreview(Uploads uploads, EvaluationKeyRepository keys) {
        this.uploads = uploads;
        this.keys = keys;
    }

    @Override
    public String path() {
        return "uploads";
    }

    @Override
    public Class<?> type() {
        return EvaluationKey.class;
    }

    @Override
    public Object read(Caller caller, UUID id) {
        UploadRow upload = uploads.find(Scope.of(caller), new UploadId(id));
        return keys.findById(upload.evaluationKeyId()).orElseThrow().toContract();
    }
}
