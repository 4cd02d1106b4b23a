package dev.keyswitch.contract.audit;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One change, as it was written down with it: who, when, what.
///
/// @param by name of the credential, or `system`
/// @param credentialId null for `system`
/// @param action subject and verb, for example `token.assigned`
/// @param tokenId the token it is about, if any; it may be deleted by now
/// @param requestId of the request that made the change; leads to it in logs
/// @param before what changed, as it was; null for what is new
/// @param after what changed, as it was then; null for what is gone
public record AuditedChange(
        Instant at,
        String by,
        @Nullable UUID credentialId,
        String action,
        @Nullable UUID tokenId,
        @Nullable UUID modelId,
        @Nullable String requestId,
        @Nullable Map<String, Object> before,
        @Nullable Map<String, Object> after) {}
