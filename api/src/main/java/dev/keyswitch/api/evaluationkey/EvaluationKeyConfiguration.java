package dev.keyswitch.api.evaluationkey;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.time.Duration;

/// Times that rule the life of evaluation keys; the defaults are the documented ones.
///
/// @param lease a claim is lost this long after the last sign of life
/// @param announceAfter a request that nobody took up is announced again after this, later ones ever more slowly
/// @param retryAfter a key that failed is asked for again after this, the next time after four times as long, and so on
/// @param retries how often, until a person has to ask
/// @param retention bytes of a superseded key are kept this long
/// @param forgottenAfter files that nothing refers to are deleted when they are older than this
/// @param patience how long a request waits for another one on the same upload
@ConfigurationProperties("keyswitch.evaluation-key")
record EvaluationKeyConfiguration(
        @Bindable(defaultValue = "60s") Duration lease,
        @Bindable(defaultValue = "60s") Duration announceAfter,
        @Bindable(defaultValue = "30s") Duration retryAfter,
        @Bindable(defaultValue = "5") int retries,
        @Bindable(defaultValue = "24h") Duration retention,
        @Bindable(defaultValue = "1h") Duration forgottenAfter,
        @Bindable(defaultValue = "30s") Duration patience) {

    EvaluationKeyConfiguration {
        if (!lease.isPositive() || !announceAfter.isPositive() || !retryAfter.isPositive() || retries < 0 || retention.isNegative() || forgottenAfter.isNegative()) {
            throw new IllegalArgumentException("times of evaluation keys must be positive");
        }
    }
}
