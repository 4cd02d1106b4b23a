package dev.keyswitch.api.model;

import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.preview.LaterKeys;
import dev.keyswitch.api.preview.PreviewSubject;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.model.Model;
import dev.keyswitch.contract.model.ModelJob;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

@Singleton
final class ModelPreview implements PreviewSubject {

    private final Models models;

    ModelPreview(Models models) {
        this.models = models;
    }

    @Override
    public String path() {
        return "models";
    }

    @Override
    public Class<?> type() {
        return Model.class;
    }

    @Override
    public Object read(Caller caller, UUID id) {
        return models.get(caller, new ModelId(id)).value();
    }

    @Override
    public UUID created(Object answer) {
        return ((Model) answer).id();
    }

    @Override
    public List<LaterKeys> later(Caller caller, @Nullable Object before, Object after) {
        Model model = (Model) after;
        ModelJob former = before == null ? null : ((Model) before).job();
        return Stream.ofNullable(model.job())
                .filter(job -> job.kind() == ModelJob.Kind.RENEW_KEYS && !job.equals(former))
                .map(job -> new LaterKeys(job.total(), model.encryptionProfile()))
                .toList();
    }
}
