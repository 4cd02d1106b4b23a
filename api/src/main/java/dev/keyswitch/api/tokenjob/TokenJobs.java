package dev.keyswitch.api.tokenjob;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.Id;
import dev.keyswitch.api.IdSource;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.security.Actor;
import dev.keyswitch.contract.holder.RootKeyRotation;
import dev.keyswitch.contract.model.ModelJob;
import io.micronaut.transaction.TransactionDefinition.Propagation;
import io.micronaut.transaction.annotation.Transactional;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Begins jobs, in the transaction of the change that needs them, and tells how far they are. A job of the same kind for the same
/// model or key holder ends in favour of the new one. Nothing is begun if no token is concerned.
@Singleton
public class TokenJobs {

    private static final TokenId FIRST = new TokenId(new UUID(0, 0));

    private final TokenJobRepository repository;
    private final IdSource ids;
    private final Clock clock;

    TokenJobs(TokenJobRepository repository, IdSource ids, Clock clock) {
        this.repository = repository;
        this.ids = ids;
        this.clock = clock;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void begin(AccountId account, ModelId model, TokenJobKind kind, Actor by) {
        replace(repository.lockOpen(model, kind.name()));
        begin(account, model, null, kind, repository.countTokens(model), by);
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void beginRootKeyRotation(AccountId account, HolderId holder, Actor by) {
        replace(repository.lockOpen(holder));
        begin(account, null, holder, TokenJobKind.ROTATE_ROOT_KEY, repository.countTokens(holder), by);
    }

    /// A newer change does what the older ones of its kind still had to do. One that is being worked on goes on, which does no harm; to wait
    /// for it would be to wait, with the model locked, for somebody who may be about to lock the model.
    private void replace(List<UUID> jobs) {
        jobs.forEach(job -> repository.finish(job, clock.instant()));
    }

    private void begin(
            AccountId account, @Nullable ModelId model, @Nullable HolderId holder, TokenJobKind kind, long total, Actor by) {
        if (total == 0) {
            return;
        }
        Instant now = clock.instant();
        repository.save(new TokenJobRow(
                ids.next(),
                account,
                model,
                holder,
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
        return models.isEmpty()
                ? Map.of()
                : repository.openOfModels(Id.array(models)).stream()
                        .collect(Collectors.toMap(TokenJobRow::model, TokenJobRow::toModelJob));
    }

    /// The rotations of these key holders that are not done. A holder is missing when all of its keys are made from its present root
    /// key, or are about to be.
    @Transactional(propagation = Propagation.SUPPORTS)
    public Map<HolderId, RootKeyRotation> rotations(Collection<HolderId> holders) {
        return holders.isEmpty()
                ? Map.of()
                : repository.openOfHolders(Id.array(holders)).stream()
                        .collect(Collectors.toMap(TokenJobRow::holder, TokenJobRow::toRotation));
    }
}
