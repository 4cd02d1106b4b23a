package dev.keyswitch.api.security;

import dev.keyswitch.api.CredentialId;
import org.jspecify.annotations.Nullable;

/// Who a change is written down to: a credential within a request, or the system itself.
public record Actor(
        @Nullable CredentialId credentialId, String name, @Nullable String requestId, @Nullable String traceParent) {

    /// Sweepers, bootstrap and whatever else happens without a request.
    public static Actor system() {
        return new Actor(null, "system", null, null);
    }
}
