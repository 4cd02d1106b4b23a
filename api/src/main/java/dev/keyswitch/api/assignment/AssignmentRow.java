package dev.keyswitch.api.assignment;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.TokenId;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An assignment as it is stored; token and generation identify it.
@MappedEntity("assignment")
record AssignmentRow(
        AccountId accountId,
        TokenId tokenId,
        ModelId modelId,
        long generation,
        Instant assignedAt,
        @Nullable Instant endedAt,
        @Nullable String endedBecause) {}
