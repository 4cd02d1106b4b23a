package dev.keyswitch.contract.evaluationkey;

import org.jspecify.annotations.Nullable;

/// Body of `POST /v1/evaluation-keys/{id}/progress`: prolongs the lease of this attempt.
///
/// @param percent 0 to 99
public record ReportProgress(@Nullable Integer attempt, @Nullable Integer percent) {}
