package dev.keyswitch.api.security;

import dev.keyswitch.api.AccountId;
import dev.keyswitch.api.CredentialId;
import dev.keyswitch.api.HolderId;
import dev.keyswitch.api.ModelId;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.contract.account.Role;
import dev.keyswitch.contract.problem.ProblemCode;
import io.micronaut.http.HttpRequest;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who makes a request, as its credential says. Controllers take it as a parameter.
///
/// @param accountId null for ADMIN alone
/// @param models those a GATEWAY is bound to; of all others, and of a GATEWAY for all of its account, empty
/// @param holderId the holder an AGENT is bound to; null for all others
/// @param traceParent W3C trace context, if the request had a valid one
public record Caller(
        CredentialId credentialId,
        String name,
        Role role,
        @Nullable AccountId accountId,
        @Nullable HolderId holderId,
        Set<ModelId> models,
        String requestId,
        @Nullable String traceParent) {

    /// Whoever made this request; it was admitted.
    public static Caller of(HttpRequest<?> request) {
        return known(request).orElseThrow(() -> new IllegalStateException("nobody was admitted yet"));
    }

    /// Empty where the value of a token is asked for instead of a credential.
    public static Optional<Caller> known(HttpRequest<?> request) {
        return request.getAttribute(CallerBinder.ATTRIBUTE).map(Caller.class::cast);
    }

    /// Whether it may ask about this model and fetch keys for it, as far as it is bound to some.
    public boolean isFor(ModelId model) {
        return models.isEmpty() || models.contains(model);
    }

    /// The account inside which everything of this request happens.
    public AccountId account() {
        if (accountId == null) {
            throw new ProblemException(ProblemCode.FORBIDDEN, "The deployment's administrator sees nothing inside accounts.");
        }
        return accountId;
    }

    public Actor actor() {
        return new Actor(credentialId, name, requestId, traceParent);
    }
}
