package dev.keyswitch.api.modeljob;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.CredentialId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.security.Actor;
import dev.keyswitch.contract.model.ModelJob;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A job as it is stored.
///
/// @param afterToken tokens up to this one are done
@MappedEntity("model_job")
record ModelJobRow(
        @Id UUID id,
        AccountId accountId,
        ModelId modelId,
        ModelJob.Kind kind,
        Instant requestedAt,
        @Nullable CredentialId byCredential,
        String byName,
        @Nullable String requestId,
        @Nullable String traceParent,
        TokenId afterToken,
        long total,
        long done,
        int attempts,
        Instant nextAttemptAt,
        @Nullable String lastError,
        @Nullable Instant finishedAt) {

    /// Whoever asked for the change did what follows from it.
    Actor actor() {
        return new Actor(byCredential, byName, requestId, traceParent);
    }

    ModelJob toContract() {
        return new ModelJob(kind, total, done, requestedAt, lastError);
    }
}
