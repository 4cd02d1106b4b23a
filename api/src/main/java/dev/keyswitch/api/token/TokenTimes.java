package dev.keyswitch.api.token;

import dev.keyswitch.api.http.Fields;
import dev.keyswitch.api.problem.ProblemException;
import dev.keyswitch.api.token.TokenRow.ExpiryTold;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;
import java.time.Instant;

/// Times that rule the life of tokens; the defaults are the documented ones.
///
/// @param expiringBefore so long before a token's end it is said to come near
/// @param sweepEvery how often is looked whose end comes near or is over
@ConfigurationProperties("keyswitch.token")
record TokenTimes(@Bindable(defaultValue = "7d") Duration expiringBefore, @Bindable(defaultValue = "30s") Duration sweepEvery) {

    static final int MAX_DAYS = 365;

    TokenTimes {
        if (expiringBefore.isNegative() || !sweepEvery.isPositive()) {
            throw new IllegalArgumentException("times of tokens must be positive");
        }
    }

    /// A time that a token may live to.
    static Instant checked(Instant expiresAt, Instant now) {
        Fields.future("/expiresAt", expiresAt, now);
        if (expiresAt.isAfter(now.plus(Duration.ofDays(MAX_DAYS)))) {
            throw ProblemException.invalid("/expiresAt", "must lie at most " + MAX_DAYS + " days ahead");
        }
        return expiresAt;
    }

    /// Of a token that is given so short a time that its end is near at once, nobody needs to be told so.
    ExpiryTold told(Instant now, Instant expiresAt) {
        return expiresAt.isAfter(now.plus(expiringBefore)) ? ExpiryTold.NOTHING : ExpiryTold.EXPIRING;
    }
}
