package dev.keyswitch.contract.bulk;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.keyswitch.contract.problem.Problem;
import dev.keyswitch.contract.token.Token;
import org.jspecify.annotations.Nullable;

/// What one line of `POST /v1/bulk` was answered.
///
/// @param line its number, from 1; empty lines count and are not answered
/// @param status that the single call would have
/// @param etag the token's, where the single call would answer one
/// @param token null if it was refused or deleted
/// @param problem why it was refused; pointers begin at the line's `body`
/// @param replayed true if it was done earlier, under the same Idempotency-Key, and is only answered again
public record BulkAnswer(
        int line,
        int status,
        @Nullable String etag,
        @Nullable Token token,
        @Nullable Problem problem,
        @Nullable Boolean replayed) {

    @JsonIgnore
    public boolean isGood() {
        return status < 300;
    }
}
