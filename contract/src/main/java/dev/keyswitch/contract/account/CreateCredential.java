package dev.keyswitch.contract.account;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Body of `POST /v1/credentials`.
///
/// @param role any but ADMIN
/// @param holderId needed for AGENT, refused for others
/// @param modelIds for GATEWAY alone: the models it may ask about and have evaluation keys of; default: all
public record CreateCredential(
        @Nullable String name, @Nullable Role role, @Nullable UUID holderId, @Nullable List<UUID> modelIds) {

    public CreateCredential {
        modelIds = modelIds == null ? null : List.copyOf(modelIds);
    }

    /// One that is bound to no models.
    public CreateCredential(@Nullable String name, @Nullable Role role, @Nullable UUID holderId) {
        this(name, role, holderId, null);
    }
}
