package dev.keyswitch.contract.evaluationkey;

import org.jspecify.annotations.Nullable;

/// Body of `POST /v1/evaluation-keys/{id}/release`: the worker of this attempt hands the work back.
public record ReleaseEvaluationKey(@Nullable Integer attempt) {}
