package dev.keyswitch.contract.account;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Body of `POST /v1/credentials`.
///
/// @param role any but ADMIN
/// @param holderId needed for AGENT, refused for others
public record CreateCredential(@Nullable String name, @Nullable Role role, @Nullable UUID holderId) {}
