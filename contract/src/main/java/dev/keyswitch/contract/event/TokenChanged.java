package dev.keyswitch.contract.event;

import dev.keyswitch.contract.token.TokenStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Data of the token events that ask for no evaluation key.
///
/// @param previousModelId the model before, for `token.unassigned`
public record TokenChanged(
        UUID accountId,
        UUID tokenId,
        String name,
        TokenStatus status,
        @Nullable UUID previousModelId,
        @Nullable UUID modelId,
        long generation,
        String by) {}
