package dev.keyswitch.api.evaluationkey;

import dev.keyswitch.api.ApiConfiguration;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.io.IOException;

/// Chooses where evaluation keys are kept.
@Factory
final class StoreFactory {

    @Singleton
    @Bean(preDestroy = "close")
    FolderEvaluationKeyStore folder(ApiConfiguration configuration, EvaluationKeyConfiguration times) throws IOException {
        return FolderEvaluationKeyStore.at(configuration.store(), times.patience());
    }
}
