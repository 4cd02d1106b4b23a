package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.EvaluationKeyId;
import dev.keyswitch.api.preview.PreviewSubject;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@Singleton
final class EvaluationKeyPreview implements PreviewSubject {

    private final EvaluationKeyRepository keys;

    EvaluationKeyPreview(EvaluationKeyRepository keys) {
        this.keys = keys;
    }

    @Override
    public String path() {
        return "evaluation-keys";
    }

    @Override
    public Class<?> type() {
        return EvaluationKey.class;
    }

    @Override
    public Object read(Caller caller, @Nullable UUID id) {
        if (id == null) {
            throw ProblemException.notFound("evaluation key");
        }
        return keys.find(Scope.of(caller), new EvaluationKeyId(id))
                .orElseThrow(() -> ProblemException.notFound("evaluation key"))
                .toContract();
    }

    /// Nobody creates one: assignments ask for them.
    @Override
    public UUID created(Object answer) {
        return ((EvaluationKey) answer).id();
    }
}
