package dev.keyswitch.contract.access;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Value of the access topic's record of one token value: all that decides whether it may query.
///
/// @param revision the highest of a record key counts, whatever comes last
/// @param status `ACTIVE`, `SUSPENDED`, `CANCELED`, or `ENDED` for a value that is of no use any more; anything else is a no
/// @param modelId of the present assignment
/// @param evaluationKeyId of the active generation, if it is READY
/// @param expiresAt milliseconds since 1970; absent for an ended value
public record TokenAccessRecord(
        long revision,
        UUID tokenId,
        String status,
        @Nullable UUID modelId,
        @Nullable UUID evaluationKeyId,
        @Nullable Long expiresAt) {}
