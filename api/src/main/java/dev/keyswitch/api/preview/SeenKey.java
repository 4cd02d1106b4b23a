package dev.keyswitch.api.preview;

import dev.keyswitch.contract.evaluationkey.EvaluationKeyState;
import dev.keyswitch.contract.model.EncryptionProfile;
import java.util.UUID;

/// An evaluation key at one moment.
public record SeenKey(UUID id, UUID modelId, long generation, EvaluationKeyState state, EncryptionProfile profile) {}
