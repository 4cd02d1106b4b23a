package dev.keyswitch.worker;

import dev.keyswitch.contract.model.EncryptionProfile;
import dev.keyswitch.keygen.KeyProfile;
import dev.keyswitch.profile.EncryptionProfiles;
import java.util.LinkedHashMap;
import java.util.Map;

/// Profiles that were read and found valid: reading one makes tables that the next key of the same profile needs again.
/// Bounded; the least recently used one goes. Safe for use by several threads.
final class ProfileCache {

    private static final int SIZE = 8;

    private final Map<EncryptionProfile, KeyProfile> profiles = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<EncryptionProfile, KeyProfile> eldest) {
            return size() > SIZE;
        }
    };

    /// @throws dev.keyswitch.profile.InvalidProfileException if the provider sent something that is not valid
    synchronized KeyProfile read(EncryptionProfile resolved) {
        return profiles.computeIfAbsent(resolved, EncryptionProfiles::of);
    }
}
