package dev.keyswitch.contract.evaluationkey;

import org.jspecify.annotations.Nullable;

/// Body of `POST /v1/evaluation-keys/{id}/fail`.
///
/// @param reason a sentence for people, 1 to 500 characters, without secrets
public record ReportFailure(@Nullable Integer attempt, @Nullable String reason) {}
