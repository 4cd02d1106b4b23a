package dev.keyswitch.contract.account;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who the presented credential belongs to.
///
/// @param accountId null for ADMIN
public record Whoami(
        UUID credentialId,
        String name,
        Role role,
        @Nullable UUID accountId,
        @Nullable String accountSlug,
        @Nullable UUID holderId,
        UUID deploymentId) {}
