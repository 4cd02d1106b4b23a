package dev.keyswitch.contract.model;

import org.jspecify.annotations.Nullable;

/// Body of `PATCH /v1/models/{id}` (JSON merge patch): absent fields stay as they are; `null` empties the description.
public record ChangeModel(
        @Nullable String name,
        @Nullable String description) {}
