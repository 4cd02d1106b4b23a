package dev.keyswitch.contract.account;

import java.time.Instant;
import java.util.UUID;

/// The workload provider's organisation.
///
/// @param slug fixed at creation; part of its topic names
/// @param deploymentId the deployment it lives in; key holders pin it
public record Account(UUID id, String slug, String name, UUID deploymentId, UUID defaultHolderId, Instant createdAt) {}
