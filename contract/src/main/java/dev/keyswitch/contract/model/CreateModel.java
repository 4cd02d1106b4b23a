package dev.keyswitch.contract.model;

import org.jspecify.annotations.Nullable;

/// Body of `POST /v1/models`.
public record CreateModel(
        @Nullable String name, @Nullable String description, @Nullable EncryptionProfile encryptionProfile) {}
