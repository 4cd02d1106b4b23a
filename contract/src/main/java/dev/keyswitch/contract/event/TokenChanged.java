package dev.keyswitch.contract.event;

import dev.keyswitch.contract.token.TokenStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Data of the token events that ask for no evaluation key.
///
/// @param previousModelId the model before, for `token.unassigned`, and for the `token.updated` with which a token that has
///     waited for its new evaluation key moves
public record TokenChanged(
        UUID accountId,
        UUID tokenId,
        String name,
        TokenStatus status,
        @Nullable UUID previousModelId,
        @Nullable UUID modelId,
        long generation,
        String by) {}
