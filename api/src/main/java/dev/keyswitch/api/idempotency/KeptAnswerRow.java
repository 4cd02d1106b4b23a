package dev.keyswitch.api.idempotency;

import dev.keyswitch.api.CredentialId;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/// A kept answer as it is stored.
@MappedEntity("kept_answer")
record KeptAnswerRow(@Id CredentialId credentialId, byte[] keyHash, byte[] fingerprint, byte[] answer, Instant keptAt) {}
