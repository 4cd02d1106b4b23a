package dev.keyswitch.api.modeljob;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.IdSource;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.security.Actor;
import dev.keyswitch.contract.model.ModelJob;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// Begins jobs, in the transaction of the change that needs them, and tells how far they are.
@Singleton
public class ModelJobs {

    private static final TokenId FIRST = new TokenId(new UUID(0, 0));

    private final ModelJobRepository repository;
    private final IdSource ids;
    private final Clock clock;

    ModelJobs(ModelJobRepository repository, IdSource ids, Clock clock) {
        this.repository = repository;
        this.ids = ids;
        this.clock = clock;
    }

    /// One that does the same for this model ends in favour of the new one. Nothing is begun if no token is concerned.
    @Transactional(propagation = Propagation.MANDATORY)
    public void begin(AccountId account, ModelId model, ModelJob.Kind kind, Actor by) {
        Instant now = clock.instant();
        repository.replace(model, kind.name(), now);
        long total = repository.countTokens(model);
        if (total == 0) {
            return;
        }
        repository.save(new ModelJobRow(
                ids.next(),
                account,
                model,
                kind,
                now,
                by.credentialId(),
                by.name(),
                by.requestId(),
                by.traceParent(),
                FIRST,
                total,
                0,
                0,
                now,
                null,
                null));
    }

    /// The jobs of these models that are not done; of several the latest.
    @Transactional(propagation = Propagation.SUPPORTS)
    public Map<ModelId, ModelJob> open(Collection<ModelId> models) {
        String array = models.stream().distinct().map(ModelId::toString).collect(Collectors.joining(",", "{", "}"));
        return models.isEmpty()
                ? Map.of()
                : repository.open(array).stream()
                        .collect(Collectors.toMap(ModelJobRow::modelId, ModelJobRow::toContract));
    }
}
