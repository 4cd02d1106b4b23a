package dev.keyswitch.api.tokenjob;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.CredentialId;
import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import dev.keyswitch.api.security.Actor;
import dev.keyswitch.contract.holder.RootKeyRotation;
import dev.keyswitch.contract.model.ModelJob;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A job as it is stored: about the tokens of a model, or about those of a key holder.
///
/// @param afterToken tokens up to this one are done
@MappedEntity("token_job")
record TokenJobRow(
        @Id UUID id,
        AccountId accountId,
        @Nullable ModelId modelId,
        @Nullable HolderId holderId,
        TokenJobKind kind,
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

    ModelId model() {
        return Objects.requireNonNull(modelId, "the job is about a key holder");
    }

    HolderId holder() {
        return Objects.requireNonNull(holderId, "the job is about a model");
    }

    ModelJob toModelJob() {
        return new ModelJob(kind.ofModel(), total, done, requestedAt, lastError);
    }

    RootKeyRotation toRotation() {
        return new RootKeyRotation(total, done, requestedAt, lastError);
    }
}
