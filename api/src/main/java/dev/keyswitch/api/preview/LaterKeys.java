package dev.keyswitch.api.preview;

import dev.keyswitch.contract.model.EncryptionProfile;

/// So many evaluation keys of one profile.
public record LaterKeys(long count, EncryptionProfile profile) {}
