package dev.keyswitch.api.tokenjob;

import dev.keyswitch.api.token.TokenRow;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// What is done to each token of a job, and which tokens these are. Doing a token twice changes nothing the second time.
interface TokenJobSteps {

    Set<TokenJobKind> kinds();

    /// Whether to wait, for there is as much under way as should be at once.
    default boolean mustWait(TokenJobRow job) {
        return false;
    }

    /// The next tokens after those that are done, in the order of their ids.
    List<UUID> next(TokenJobRow job, int limit);

    /// Runs under the lock of the token's row.
    void tell(TokenJobRow job, TokenRow token);

    /// After the last token.
    default void finish(TokenJobRow job) {}
}
