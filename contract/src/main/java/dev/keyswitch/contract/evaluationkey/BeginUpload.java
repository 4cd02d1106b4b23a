package dev.keyswitch.contract.evaluationkey;

import org.jspecify.annotations.Nullable;

/// Body of `POST /v1/evaluation-keys/{id}/uploads`.
///
/// @param sizeBytes length of the whole content; must be what the profile demands
public record BeginUpload(@Nullable Integer attempt, @Nullable Long sizeBytes) {}
