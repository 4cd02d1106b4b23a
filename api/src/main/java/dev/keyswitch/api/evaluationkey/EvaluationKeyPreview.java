package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.EvaluationKeyId;
import dev.keyswitch.api.preview.PreviewSubject;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.security.Caller;
import dev.keyswitch.contract.evaluationkey.EvaluationKey;
import jakarta.inject.Singleton;
import java.util.UUID;

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
    public Object read(Caller caller, UUID id) {
        return keys.find(Scope.of(caller), new EvaluationKeyId(id))
                .orElseThrow(() -> ProblemException.notFound("evaluation key"))
                .toContract();
    }
}
