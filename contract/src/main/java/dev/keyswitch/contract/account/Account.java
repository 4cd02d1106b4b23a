package dev.keyswitch.contract.account;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The workload provider's organisation.
///
/// @param slug fixed at creation; part of its topic names
/// @param tokenLifetimeDays how long a token lives if nothing else is said, 1 to 365
/// @param suspendedAt since when all its credentials and tokens are refused; null: they are not
/// @param deploymentId the deployment it lives in; key holders pin it
public record Account(
        UUID id,
        String slug,
        String name,
        UUID deploymentId,
        UUID defaultHolderId,
        int tokenLifetimeDays,
        Instant createdAt,
        @Nullable Instant suspendedAt) {}
