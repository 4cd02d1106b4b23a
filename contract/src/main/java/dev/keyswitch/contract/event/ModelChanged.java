package dev.keyswitch.contract.event;

import dev.keyswitch.contract.model.ModelStatus;
import java.util.UUID;

/// Data of the model events.
public record ModelChanged(
        UUID accountId, UUID modelId, String name, ModelStatus status, String profileDigest, String by) {}
